// The oracle of random networks judged by itself: what a seed gives, what is seen, what shrinking leaves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawCase } from '../fuzz/networks/check.mjs';
import { generate, isAlive } from '../fuzz/networks/generate.mjs';
import { derivative, evaluate } from '../fuzz/networks/interpret.mjs';
import { expectation, faultOf, nearKink } from '../fuzz/networks/judge.mjs';
import { operators } from '../fuzz/networks/operators/table.mjs';
import { randomness } from '../fuzz/networks/random.mjs';
import { shrink } from '../fuzz/networks/shrink.mjs';
import { fileOf } from '../fuzz/networks/write.mjs';

const has = (graph, op) => graph.nodes.some((node) => node.op === op);

test('a seed gives a network, always the same, and all operators come', () => {
  const seen = new Set();
  for (let seed = 0; seed < 400; ++seed) {
    const graph = generate(seed);
    for (const { op } of graph.nodes) seen.add(op);
    if (seed < 20) assert.deepEqual(fileOf(graph), fileOf(generate(seed)));
    assert.ok(isAlive(graph));
  }
  assert.deepEqual(
    operators.filter(({ name }) => !seen.has(name)).map(({ name }) => name),
    [],
  );
});

/** Each element of the gradient by central differences: what a right engine answers. */
function rightAnswer(graph, input, weights) {
  const unit = (i) => Float64Array.from(input, (_, k) => (k === i ? 1 : 0));
  const gradient = Float32Array.from(input, (_, i) => derivative(graph, input, weights, unit(i)).slope);
  return { scores: Float32Array.from(evaluate(graph, input).scores), gradient };
}

test('what is right passes, and one element that is off by a hundredth is seen', () => {
  let judged = 0;
  for (let seed = 0; seed < 30; ++seed) {
    const drawn = drawCase(generate(seed), 0);
    if (!drawn || drawn.inputs[0].length > 60) continue;
    const [input, weights] = [drawn.inputs[0], drawn.weights[0]];
    const expected = expectation(drawn.graph, input, weights, randomness(seed));
    if (expected.distance < nearKink || !expected.smooth) continue;
    const answer = rightAnswer(drawn.graph, input, weights);
    assert.equal(faultOf(answer, expected), undefined, `seed ${seed}`);
    for (const part of ['scores', 'gradient']) {
      const size = Math.hypot(...answer[part]);
      if (size < 0.1) continue;
      const wrong = answer[part].map((value, i) => (i === 0 ? value + 0.01 * size : value));
      assert.notEqual(faultOf({ ...answer, [part]: wrong }, expected), undefined, `seed ${seed}, ${part}`);
      ++judged;
    }
  }
  assert.ok(judged > 10, `${judged} were judged`);
});

test('what fails is shrunk to the nodes that it takes', async () => {
  for (const op of ['LRN', 'Conv', 'Softmax']) {
    const seeds = Array.from({ length: 300 }, (_, seed) => seed);
    const graph = seeds.map(generate).find((one) => has(one, op) && one.nodes.length > 7);
    const smallest = await shrink(graph, async (one) => has(one, op) && isAlive(one));
    assert.ok(smallest.nodes.length <= 3, `${op}: ${smallest.nodes.map((node) => node.op)}`);
  }
});
