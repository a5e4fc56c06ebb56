// serve.py in the venv that was named: a line of JSON a call and an answer. One process at a time; a new one after it has died.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./serve.py', import.meta.url));

export function openPython(venv, { minutes, log }) {
  let child;
  let lines;

  function start() {
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '3' };
    child = spawn(join(venv, 'bin/python'), [script], { env, stdio: ['pipe', 'pipe', log] });
    child.stdin.on('error', () => {});
    child.on('error', () => {});
    lines = createInterface({ input: child.stdout });
  }

  return {
    /** Resolves to { answer } or { error }, an error of the network or of the process. */
    async call(message) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) start();
      const stop = new AbortController();
      const { signal } = stop;
      const timer = setTimeout(() => stop.abort(), minutes * 60_000);
      const { pid } = child;
      if (pid !== undefined) child.stdin.write(`${JSON.stringify(message)}\n`);
      try {
        return await Promise.race([
          once(lines, 'line', { signal }).then(([line]) => JSON.parse(line)),
          once(child, 'close', { signal }).then(([code, name]) => ({ error: `Python ended with ${code ?? name}` })),
        ]);
      } catch (error) {
        child.kill('SIGKILL');
        return { error: signal.aborted ? `not made within ${minutes} minutes` : `${venv}: ${error.message}` };
      } finally {
        clearTimeout(timer);
        stop.abort();
      }
    },
    close: () => child?.stdin.end(),
  };
}
