// What TypeScript says: every project is right by itself (wasm/js has one for each kind of place that it runs in), and no
// promise is left floating.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { run } from '../../wasm/setup/run.mjs';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const rooms = join(root, 'wasm/js');

export const projects = () => [
  join(root, 'tsconfig.json'),
  ...readdirSync(rooms, { recursive: true })
    .filter((name) => /(^|\/)tsconfig[^/]*\.json$/.test(name))
    .map((name) => join(rooms, name)),
];

export const runTsc = (...options) => run(process.execPath, [tsc, '--pretty', 'false', ...options], { mayFail: true });

/** Resolves to { code, output } of all projects together. */
export async function checkTypes() {
  const results = [];
  for (const project of projects()) results.push(await runTsc('-p', project, '--noEmit'));
  const wrong = results.filter(({ code }) => code !== 0);
  return { code: wrong.length, output: [...new Set(wrong.flatMap(({ output }) => output.split('\n')))].join('\n') };
}

/** Resolves to { code, output }. */
export const noFloatingPromises = () => run(process.execPath, [join(root, 'tests/run/floating.mjs')], { mayFail: true });
