// Peers in Python: peer.py in the venv that was named, one process each, a line of JSON a call and an answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./peer.py', import.meta.url));
const base64 = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

function start(venv, args) {
  const child = spawn(join(venv, 'bin/python'), [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${venv}: peer.py ${args.join(' ')} ended with ${code}`);
  });
  ended.catch(() => {});
  return { child, line: async () => JSON.parse((await Promise.race([once(lines, 'line'), ended]))[0]) };
}

/** What this venv has packages for: [{title, kind, mostThreads, networks}]. */
export async function pythonPeers(venv) {
  const { child, line } = start(venv, ['list']);
  const list = await line();
  child.stdin.end();
  return list.map((peer) => ({ ...peer, mostThreads: Number.POSITIVE_INFINITY }));
}

export async function openPython(venv, kind, { onnx, input, shape, target, threads }) {
  const { child, line } = start(venv, ['run', kind]);
  const call = async (message) => {
    const answer = line();
    child.stdin.write(`${JSON.stringify(message)}\n`);
    return answer;
  };
  await call({ onnx: base64(onnx), input: base64(input), shape, target, threads });
  return {
    async gradient() {
      const bytes = new Uint8Array(Buffer.from(await call({ method: 'gradient' }), 'base64'));
      return new Float32Array(bytes.buffer);
    },
    time: (samples) => call({ method: 'time', samples }),
    close: () => child.stdin.end(),
  };
}
