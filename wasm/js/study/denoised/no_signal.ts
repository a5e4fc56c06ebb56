// Where there is nothing to be found: real gradients, half of them with the other sign, whose mean is noise alone, and networks with random
// weights. And whether the gate opens where there is something.
import type { Explanation } from '../../api/index.js';
import { seededNumbers } from '../interaction.js';
import { mean } from '../numbers.js';
import type { Session, StudyPhoto } from '../session.js';
import { independent } from './reference.js';

/**
 * A saved run of one sample with the other sign. Its end is that of core/attribution/saved_run.cpp: mean, M2, mean of absolute
 * values and sum of the even half, of as many doubles as the attribution has elements, and the count of those of pairs, none.
 */
export function negated(saved: Uint8Array, elements: number): Uint8Array {
  const bytes = saved.slice();
  const view = new DataView(bytes.buffer);
  const begin = bytes.length - 8 - 4 * 8 * elements;
  for (const array of [0, 3]) {
    for (let i = 0; i < elements; i++) {
      const at = begin + 8 * (array * elements + i);
      view.setFloat64(at, -view.getFloat64(at, true), true);
    }
  }
  return bytes;
}

const finished = async (run: Explanation) => {
  for await (const _ of run);
  return run;
};

/**
 * Signs for so many samples, a multiple of 4: of the even ones half are negative, and of the odd ones. So the signal cancels in the
 * mean as in either half of it, and noise is left.
 */
function balancedSigns(samples: number, random: () => number): boolean[] {
  const signs = new Array<boolean>(samples);
  for (const first of [0, 1]) {
    const half = Array.from({ length: samples / 2 }, (_, i) => ({ negative: i % 2 === 1, at: random() }));
    half
      .sort((a, b) => a.at - b.at)
      .forEach(({ negative }, i) => {
        signs[first + 2 * i] = negative;
      });
  }
  // The first sample stays as it is: all signs together change nothing.
  return signs.map((negative) => negative !== signs[0]);
}

/** Of each of these samples but the first, both signs. */
async function bothSigns({ model }: Session, { prepared, target }: StudyPhoto, settings: object, samples: number) {
  const [, channels = 1, height = 1, width = 1] = model.inputShape;
  const signs = [];
  for (let k = 1; k < samples; k++) {
    const run = await finished(model.explain(prepared, { ...settings, target: target.index, firstSample: k, samples: 1 }));
    const saved = await run.save();
    run.cancel();
    signs.push([saved, negated(saved, channels * height * width)] as const);
  }
  return signs;
}

/** How often the gate stays shut on true noise, of `sizes.flips` runs. */
export async function flippedSigns(session: Session) {
  const { model, photos, seed, sizes } = session;
  const { flips, flippedSamples: samples } = sizes.denoised;
  const random = seededNumbers(seed);
  const settings = { ...independent, seed };
  let silent = 0;
  for (const [p, photo] of photos.entries()) {
    const signs = await bothSigns(session, photo, settings, samples);
    for (let run = p; run < flips; run += photos.length) {
      const mixed = await finished(
        model.explain(photo.prepared, { ...settings, target: photo.target.index, firstSample: 0, samples: 1 }),
      );
      const chosen = balancedSigns(samples, random);
      for (const [i, pair] of signs.entries()) await mixed.merge(pair[chosen[i + 1] ? 1 : 0]);
      if (!(await mixed.denoised()).signal) silent++;
      mixed.cancel();
    }
  }
  return { runs: flips, samples, silent };
}

/** Of fewer samples than any other figure: whether there is a map at all. */
export async function opens(session: Session, photos: readonly StudyPhoto[]) {
  const { fewest } = session.sizes.denoised;
  let open = 0;
  for (const { prepared, target } of photos) {
    const settings = { ...independent, seed: session.seed, target: target.index, samples: fewest };
    const run = await finished(session.model.explain(prepared, settings));
    if ((await run.denoised()).signal) open++;
    run.cancel();
  }
  return { model: session.model.name, samples: fewest, inputs: photos.length, open };
}

/** Every layer with random weights: how far plain and denoised maps then follow the photo's edges. */
export async function randomWeights(session: Session, photos: readonly StudyPhoto[]) {
  const { weightedLayers } = session.model;
  const model = await session.engine.loadModel(session.source, { randomisedLayers: weightedLayers });
  const { randomSamples: samples } = session.sizes.denoised;
  const rows = [];
  for (const { name, prepared, target } of photos) {
    const edges = await session.model.edges(prepared);
    const run = await finished(model.explain(prepared, { ...independent, seed: session.seed, target: target.index, samples }));
    const follows = async (magnitude: string) =>
      (await session.engine.compare(await run.map({ magnitude, window: 0 }), edges)).correlation;
    const { signal, expectedError } = await run.denoised();
    rows.push({ photo: name, signal, expectedError, plain: await follows('plain'), denoised: await follows('denoised') });
    run.cancel();
  }
  model.close();
  return {
    samples,
    layers: weightedLayers,
    silent: rows.filter(({ signal }) => !signal).length,
    mean: { plain: mean(rows.map((row) => row.plain)), denoised: mean(rows.map((row) => row.denoised)) },
    photos: rows,
  };
}
