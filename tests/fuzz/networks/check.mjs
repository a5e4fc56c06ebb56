// One network through all that is compared: {fault} where something is wrong, {refused} with what the engine says, {undecided}
// where every input that was drawn lies beside a kink.
import { images } from './engine.mjs';
import { randomInput } from './generate.mjs';
import { scoresOf, valuesOf } from './interpret.mjs';
import { differenceOf, expectation, faultOf, nearKink } from './judge.mjs';
import { scoresOfPeer } from './peer.mjs';
import { randomness } from './random.mjs';

/** All values on the way, too: of a power of a negative number a maximum may know nothing. */
const areNumbers = ({ data }) => data.every((value) => Number.isFinite(value) && Math.abs(value) < 1e4);

/** Inputs and weights of the scores, drawn for the round; undefined where the network has no numbers for them. */
export function drawCase(graph, round) {
  const random = randomness(graph.seed * 31 + round + 7);
  const inputs = [];
  for (let tries = 0; inputs.length < images; ++tries) {
    if (tries > 20) return undefined;
    const input = randomInput(random, graph.input);
    if ([...valuesOf(graph, input).values()].every(areNumbers)) inputs.push(input);
  }
  const classes = scoresOf(graph, inputs[0]).length;
  const weights = inputs.map(() =>
    Float64Array.from({ length: classes }, () => Math.fround(random.between(0.3, 1) * (random.chance(0.5) ? 1 : -1))),
  );
  return { graph, inputs, weights, random };
}

const alike = [
  ['one', 'three at once'],
  ['not fused', 'three at once'],
  ['guided, not fused', 'guided'],
  ['deconvnet, not fused', 'deconvnet'],
];

function compareWays(answer, slack) {
  for (const [a, b] of alike) {
    for (const [image, own] of answer[a].entries()) {
      const difference = differenceOf(own, answer[b][image], slack[image]);
      if (difference) return { image, what: `'${a}' and '${b}': ${difference}` };
    }
  }
  return undefined;
}

function judgeBuild(answer, expected, slack) {
  for (const [image, right] of expected.entries()) {
    const what = faultOf(answer['three at once'][image], right);
    if (what) return { image, what };
  }
  return compareWays(answer, slack);
}

/** answers: {build: ...} of drawCase(); resolves to {fault}, {beside: a kink}, {refused}, or {} where all is well. */
export async function judgeCase({ graph, inputs, weights, random }, answers, { peer = true } = {}) {
  const refusal = Object.values(answers).find(({ error }) => error);
  if (refusal) return { refused: refusal.error };
  const expected = inputs.map((input, i) => expectation(graph, input, weights[i], random));
  const isBeside = (image) => expected[image].distance < nearKink || !expected[image].smooth;
  const slack = expected.map(({ rounding, slopes, scores }) => {
    const steepest = Math.max(...slopes.map(({ steepness, slope }) => steepness / Math.max(Math.abs(slope), 1e-2)));
    return Math.max(1e-4, 60 * rounding, 20 * steepest, 1e-6 / Math.max(1e-3, Math.hypot(...scores)));
  });
  for (const [label, answer] of Object.entries(answers)) {
    const found = judgeBuild(answer, expected, slack);
    if (!found) continue;
    if (isBeside(found.image)) return { beside: true };
    return { fault: `${label}, image ${found.image}: ${found.what}` };
  }
  if (!peer) return {};
  const theirs = await scoresOfPeer(graph, inputs);
  if (theirs.error) return { withoutPeer: theirs.error };
  for (const [image, scores] of theirs.scores.entries()) {
    const what = faultOf({ scores, gradient: [] }, { ...expected[image], slopes: [] });
    if (what && !isBeside(image)) return { peerDiffers: `ONNX Runtime, image ${image}: ${what}` };
  }
  return {};
}
