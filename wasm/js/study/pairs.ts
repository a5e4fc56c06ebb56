// Two photos in one input: how much of a class difference, left minus right, has the right sign for its side. Two differences:
// that of the two maps, each scaled to [0, 1] (the paper's figure 6), and the gradient of S_left - S_right with its signs.

import { composePair } from '../api/compose_pair.js';
import type { Prepared, RawMap, RawTensor } from '../api/index.js';
import { watch } from '../cli/terminal.js';
import { inTurn } from './in_turn.js';
import { meanOf } from './numbers.js';
import type { Session, StudyPhoto } from './session.js';
import { antithetic, noise } from './sizes.js';

/** An arrangement counts where both classes are among so many that the network finds most probable in it. */
const known = 10;
const picturedPairs = 2;

/** Signed sum over the channels of the first class's attribution minus the second's, [2, C, H, W]: one noise, so that of S_a - S_b. */
function signedDifference({ shape, data }: RawTensor): RawMap {
  const [, channels = 1, height = 1, width = 1] = shape;
  const pixels = height * width;
  const map = new Float32Array(pixels);
  for (let i = 0; i < channels * pixels; i++) {
    map[i % pixels] = (map[i % pixels] as number) + (data[i] as number) - (data[i + channels * pixels] as number);
  }
  return { width, height, map };
}

interface Arrangement {
  left: StudyPhoto;
  right: StudyPhoto;
  pair: Prepared;
  label: string;
}

/** Of the two classes in the pair, 1 = most probable. */
async function ranksOf({ model }: Session, { left, right, pair }: Arrangement) {
  const order = (await model.classify(pair, { top: model.classes })).map(({ index }) => index);
  return [left, right].map(({ target }) => order.indexOf(target.index) + 1);
}

async function explainPair(session: Session, { left, right, pair, label }: Arrangement, method: string) {
  const { engine, model, pictures, seed, sizes } = session;
  const classes = { target: left.target.index, versus: right.target.index, difference: 'scaled' };
  const run = model.explain(pair, { method, ...classes, samples: sizes.pairSamples, seed, noise, antithetic });
  await watch(`${label}, ${method}`, run);
  const share = async (map: RawMap) => (await engine.measure(map)).sidedShare;
  const shares = { scaled: await share(await run.map()), signed: await share(signedDifference(await run.attribution())) };
  const draw = async () => pictures.save(`${label}-${method}`, await run.render({ colours: 'diverging' }));
  return { run, shares, draw };
}

async function measurePair(session: Session, arrangement: Arrangement, depict: () => boolean) {
  const { left, right, pair, label } = arrangement;
  const ranks = await ranksOf(session, arrangement);
  const what = { left: left.name, right: right.name, classes: [left.target.name, right.target.name], ranks };
  if (Math.max(...ranks) > known) return { ...what, counts: false as const };
  const gradient = await explainPair(session, arrangement, 'gradient');
  const smoothgrad = await explainPair(session, arrangement, 'smoothgrad');
  const pictures = depict()
    ? {
        photo: await session.pictures.save(label, pair.pixels),
        gradient: await gradient.draw(),
        smoothgrad: await smoothgrad.draw(),
      }
    : undefined;
  for (const { run } of [gradient, smoothgrad]) run.cancel();
  return { ...what, counts: true as const, shares: { gradient: gradient.shares, smoothgrad: smoothgrad.shares }, pictures };
}

/** Both arrangements of every two photos whose classes differ. */
export async function pairs(session: Session) {
  const arrangements = session.photos.flatMap((left) =>
    session.photos
      .filter(({ target }) => target.index !== left.target.index)
      .map((right) => ({ left, right, pair: composePair(left.prepared, right.prepared), label: `${left.name}-${right.name}` })),
  );
  let pictured = 0;
  const rows = await inTurn(arrangements, (arrangement) => measurePair(session, arrangement, () => pictured++ < picturedPairs));
  const shares = rows.flatMap((row) => (row.counts ? [row.shares] : []));
  const meanShares = {
    gradient: meanOf(shares.map(({ gradient }) => gradient)),
    smoothgrad: meanOf(shares.map(({ smoothgrad }) => smoothgrad)),
  };
  return { known, pairSamples: session.sizes.pairSamples, pairs: rows, meanShares };
}
