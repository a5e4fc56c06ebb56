// The peers' packages: dependencies of this folder alone, installed when they are first needed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../wasm/setup/run.mjs';
import { say } from '../../wasm/setup/say.mjs';
import { isStale } from '../../wasm/tasks/stale.mjs';
import { folder } from './inputs.mjs';

const installed = join(folder, 'node_modules/.package-lock.json');

export const peersInstalled = () => existsSync(installed);

export async function installPeers() {
  if (!isStale(installed, ['tests/bench/package-lock.json'])) return;
  say('Installing TensorFlow.js and ONNX Runtime Web, which only the benchmark uses (150 MB)');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
}
