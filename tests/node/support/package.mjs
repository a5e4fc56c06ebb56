// The built package under test, reference tensors, and the arithmetic that the tests share.
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = new URL('../../../', import.meta.url);
const folder = process.env.SMOOTHGRAD_PACKAGE
  ? pathToFileURL(`${process.env.SMOOTHGRAD_PACKAGE}/`)
  : new URL('dist/smoothgrad/', root);

export const { composePair, createEngine, SmoothGradError, parseNpy, formatNpy, runOptions } = await import(
  new URL('node.js', folder)
);
export const commandLine = fileURLToPath(new URL('cli.js', folder));
export const packageFolder = folder;

export const pathOf = (path) => fileURLToPath(new URL(path, root));
export const reference = (path) => pathOf(`tests/reference/${path}`);
export const readNpy = async (path) => parseNpy(await readFile(path));
export const readReference = (path) => readNpy(reference(path));

export const shippedModel = 'efficientnet-lite0';
export const chelsea = pathOf('web/photos/chelsea.webp');

/** ||a - b|| / ||b|| */
export function relativeError(a, b) {
  if (a.length !== b.length) throw new Error(`lengths differ: ${a.length} and ${b.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    norm += b[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}

export const norm = (a) => Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));

export const sigmaOf = (data, noise) => noise * (data.reduce((a, b) => Math.max(a, b)) - data.reduce((a, b) => Math.min(a, b)));

/** Progress of an explanation that was run to its end. */
export async function finish(explanation) {
  let last;
  for await (last of explanation);
  return last;
}

/** What the network sees of a photo: { pixels, input }, copies. */
export async function seen(model, photo) {
  const prepared = await model.prepare(photo);
  const [pixels, input] = await Promise.all([prepared.pixels(), prepared.input()]);
  prepared.close();
  return { pixels, input };
}

/** Calls use(engine) and closes the engine. */
export async function withEngine(options, use) {
  const engine = await createEngine(options);
  try {
    return await use(engine);
  } finally {
    engine.close();
  }
}
