// How fast photos go through `smoothgrad batch`, beside lanes that only compute samples; in turns, on the same machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { library, root } from '../../../wasm/setup/paths.mjs';

const photos = ['astronaut.webp', 'camera.webp', 'chelsea.webp', 'coffee.webp', 'rocket.jpg'].map((name) =>
  join(root, 'web/photos', name),
);
const model = 'efficientnet-lite0';

/** Resident memory in bytes, by Linux. */
const memoryOf = (pid) => 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

/** A warm process; ask(n) -> { seconds, memory } of n photos, from the answer before the first to the last one, while more wait. */
export function warmBatch({ lanes, samples }) {
  const options = [
    '--list',
    '-',
    '--threads',
    String(lanes),
    '--samples',
    String(samples),
    '--target',
    '282',
    '--model',
    model,
  ];
  const child = spawn(process.execPath, [join(library, 'cli.js'), 'batch', ...options], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let asked = 0;
  const give = (count) => {
    for (let i = 0; i < count; i++, asked++) {
      child.stdin.write(`${JSON.stringify({ photo: photos[asked % photos.length], id: String(asked) })}\n`);
    }
  };
  const answers = async (count) => {
    for (let i = 0; i < count; i++) {
      const { failed } = JSON.parse((await lines.next()).value);
      if (failed) throw new Error(failed.message);
    }
  };
  return {
    async ask(count) {
      // Some before and some after: neither the first nor the last ones of a round leave a lane without work.
      const around = 4 * lanes;
      give(count + 2 * around);
      await answers(around);
      const begin = performance.now();
      await answers(count);
      const seconds = (performance.now() - begin) / 1000;
      await answers(around);
      return { seconds, memory: memoryOf(child.pid) };
    },
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Lanes that only compute; ask(n) -> seconds that n photos take them, shared among all. */
export async function pureLanes({ lanes, samples }) {
  const workerData = { library: join(library, 'node.js'), photo: photos[2], samples, model };
  const workers = Array.from({ length: lanes }, () => new Worker(new URL('./pure_lane.mjs', import.meta.url), { workerData }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return {
    async ask(count) {
      const answers = workers.map((worker) => once(worker, 'message'));
      for (const worker of workers) worker.postMessage(count / lanes);
      const seconds = (await Promise.all(answers)).map(([answer]) => answer);
      return seconds.reduce((a, b) => a + b) / lanes;
    },
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
