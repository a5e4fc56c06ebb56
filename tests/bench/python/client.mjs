// Peers in Python: peer.py in the venv that was named, one process each, a line of JSON a call and an answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (script) => fileURLToPath(new URL(script, import.meta.url));
const base64 = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

function start(venv, script, args) {
  const child = spawn(join(venv, 'bin/python'), [here(script), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${venv}: ${script} ${args.join(' ')} ended with ${code}`);
  });
  ended.catch(() => {});
  return { child, line: async () => JSON.parse((await Promise.race([once(lines, 'line'), ended]))[0]) };
}

/** What this venv has packages for: [{title, kind, mostThreads, networks}]. */
export async function pythonPeers(venv) {
  const { child, line } = start(venv, 'peer.py', ['list']);
  const list = await line();
  child.stdin.end();
  return list.map((peer) => ({ ...peer, mostThreads: Number.POSITIVE_INFINITY }));
}

export async function openPython(venv, kind, { onnx, input, shape, target, threads }) {
  const { child, line } = start(venv, 'peer.py', ['run', kind]);
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

/** A network of the venv's torchvision or timm, by the name of its file: {versions, round() -> {pytorch?, native?} in ms, close()}. */
export async function openByName(venv, file) {
  const { child, line } = start(venv, 'by_name.py', ['run', file]);
  const versions = await line();
  return {
    versions,
    async round() {
      const answer = line();
      child.stdin.write('\n');
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

/** Writes networks by these names into a folder, as far as they are not there. */
export async function exportByName(venv, folder, names) {
  const { child } = start(venv, 'by_name.py', ['export', folder, ...names]);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${venv}: the networks could not be exported`);
}
