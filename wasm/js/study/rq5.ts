// RQ5: noise in training? Digit networks trained with noise 0 to .3 under inference noise 0 to .3: the measures of RQ1 on signed maps
// of the right class, the share of right answers, and whether what the two noises do adds up.

import { SmoothGradError } from '../api/errors.js';
import type { Model, Picture } from '../api/index.js';
import { follow } from '../client/follow.js';
import { readDigits, type StudyDigit } from './digits.js';
import { inTurn } from './in_turn.js';
import { type Interaction, interactionOf } from './interaction.js';
import { mean } from './numbers.js';
import type { Session } from './session.js';
import { antithetic } from './sizes.js';

const inferenceLevels = [0, 0.1, 0.2, 0.3];
/** Of the 2 x 2: off and on. */
const compared = { off: 0, on: 0.2 };
const measures = ['totalVariation', 'highFrequencyShare'] as const;
const picturedDigit = 5;

type Measure = (typeof measures)[number];

interface Cell {
  trainingNoise: number;
  inferenceNoise: number;
  /** Of each digit. */
  figures: Record<Measure, number>[];
  /** Of |mean| / SE, where there is noise. */
  signalToNoise?: number;
  /** Share of right answers to the digits under the noise at inference. */
  accuracy: number;
  picture?: string | undefined;
}

async function explainDigit(session: Session, model: Model, { label, input }: StudyDigit, noise: number) {
  const amount = noise > 0 ? { method: 'smoothgrad', noise, samples: session.sizes.digitSamples } : { method: 'gradient' };
  const run = model.explain(input, { ...amount, antithetic, target: label, seed: session.seed, channels: 'signed-sum' });
  // The class that samples are to keep is the target, which is the right one.
  const accuracy = (await follow(run))?.keepsClass ?? 0;
  const { totalVariation, highFrequencyShare } = await session.engine.measure(await run.map());
  const signalToNoise = noise > 0 ? await run.signalToNoise() : undefined;
  const drawn = await run.render({ colours: 'diverging' });
  run.cancel();
  return { figures: { totalVariation, highFrequencyShare }, signalToNoise, accuracy, drawn };
}

async function cellOf(session: Session, model: Model, digits: readonly StudyDigit[], trainingNoise: number, noise: number) {
  const rows = await inTurn(digits, (digit) => explainDigit(session, model, digit, noise));
  const ratios = rows.flatMap(({ signalToNoise }) => signalToNoise ?? []);
  const drawn = rows[Math.min(picturedDigit, rows.length - 1)]?.drawn;
  const name = `digit-${100 * trainingNoise}-${100 * noise}`;
  const cell: Cell = {
    trainingNoise,
    inferenceNoise: noise,
    figures: rows.map(({ figures }) => figures),
    ...(ratios.length > 0 ? { signalToNoise: mean(ratios) } : {}),
    accuracy: mean(rows.map(({ accuracy }) => accuracy)),
    picture: drawn && (await session.pictures.save(name, enlarged(drawn, 8))),
  };
  return cell;
}

/** Every pixel as so many by so many: a browser would blur a picture that is shown larger than it is. */
function enlarged({ width, height, data }: Picture, times: number): Picture {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const large = new Uint32Array(pixels.length * times * times);
  for (let i = 0; i < large.length; i++) {
    const [x, y] = [i % (width * times), Math.floor(i / (width * times))];
    large[i] = pixels[Math.floor(y / times) * width + Math.floor(x / times)] as number;
  }
  return { width: width * times, height: height * times, data: new Uint8ClampedArray(large.buffer) };
}

async function networkOf(session: Session, name: string, trainingNoise: number, digits: readonly StudyDigit[]) {
  const model = await session.engine.loadModel(name);
  try {
    const cells = await inTurn(inferenceLevels, (noise) => cellOf(session, model, digits, trainingNoise, noise));
    return { network: { name, trainingNoise }, cells };
  } finally {
    model.close();
  }
}

export async function rq5(session: Session) {
  const { sizes, engine, seed } = session;
  const digits = await readDigits(sizes.digits);
  const shipped = (await engine.shippedModels()).filter(({ kind }) => kind === 'digits');
  if (shipped.length === 0) throw new SmoothGradError('not-found', 'the package has no digit networks');
  const trained = await inTurn(shipped, ({ name, noise }) => networkOf(session, name, noise ?? 0, digits));
  const cells = trained.flatMap((one) => one.cells);
  const valuesAt = (trainingNoise: number, inferenceNoise: number, measure: Measure) => {
    const cell = cells.find((one) => one.trainingNoise === trainingNoise && one.inferenceNoise === inferenceNoise);
    if (!cell) throw new SmoothGradError('not-found', `the package has no digit network trained with noise ${trainingNoise}`);
    return cell.figures.map((figures) => figures[measure]);
  };
  const { off, on } = compared;
  const interaction = (measure: Measure) =>
    interactionOf(
      {
        neither: valuesAt(off, off, measure),
        first: valuesAt(on, off, measure),
        second: valuesAt(off, on, measure),
        both: valuesAt(on, on, measure),
      },
      seed,
    );
  return {
    digits: digits.length,
    samples: sizes.digitSamples,
    networks: trained.map(({ network }) => network),
    cells: cells.map(({ figures, ...cell }) => ({
      ...cell,
      totalVariation: mean(figures.map(({ totalVariation }) => totalVariation)),
      highFrequencyShare: mean(figures.map(({ highFrequencyShare }) => highFrequencyShare)),
    })),
    compared,
    interactions: Object.fromEntries(measures.map((measure) => [measure, interaction(measure)])) as Record<
      Measure,
      Interaction
    >,
  };
}
