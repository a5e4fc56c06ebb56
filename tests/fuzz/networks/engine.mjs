// The engine's answers: fuzz_evaluate of each build over a folder of networks.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../../wasm/setup/paths.mjs';
import { run } from '../../../wasm/setup/run.mjs';
import { sizeOf } from './tensor.mjs';
import { fileOf } from './write.mjs';

export const images = 3;
export const builds = ['native', 'simd', 'relaxed'];

/** As kVariants of evaluate.cpp. */
const variants = [
  { name: 'three at once', batch: images },
  { name: 'one', batch: 1 },
  { name: 'not fused', batch: images },
  { name: 'guided', batch: images },
  { name: 'guided, not fused', batch: images },
  { name: 'deconvnet', batch: images },
  { name: 'deconvnet, not fused', batch: images },
];

/** {variant: [{scores, gradient} of each image]} */
function readAnswer(bytes, size, classes) {
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  const answer = {};
  let place = 0;
  const take = (count) => {
    place += count;
    return numbers.slice(place - count, place);
  };
  for (const { name, batch } of variants) {
    const scores = Array.from({ length: batch }, () => take(classes));
    answer[name] = scores.map((own) => ({ scores: own, gradient: take(size) }));
  }
  return answer;
}

/**
 * cases: [{graph, inputs: one an image, weights: of the scores, one an image}] -> for each {build: answer, or {error}}.
 */
export async function answersOf(cases, folder, labels = builds) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [i, { graph, inputs, weights }] of cases.entries()) {
    await writeFile(join(folder, `${i}.onnx`), fileOf(graph));
    const numbers = Float32Array.from([...inputs, ...weights].flatMap((list) => [...list]));
    await writeFile(join(folder, `${i}.in`), new Uint8Array(numbers.buffer));
  }
  for (const label of labels) {
    const program = join(build, label, 'fuzz_evaluate');
    const words = [folder, String(cases.length), label];
    if (label === 'native') await run(program, words);
    else await run(process.execPath, ['--experimental-wasm-relaxed-simd', `${program}.cjs`, ...words]);
  }
  return Promise.all(
    cases.map(async ({ graph, weights }, i) => {
      const answers = {};
      for (const label of labels) {
        const error = await readFile(join(folder, `${i}.${label}.error`), 'utf8').catch(() => undefined);
        answers[label] = error
          ? { error }
          : readAnswer(await readFile(join(folder, `${i}.${label}`)), sizeOf(graph.input), weights[0].length);
      }
      return answers;
    }),
  );
}
