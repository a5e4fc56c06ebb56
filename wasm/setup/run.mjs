// Programs as promises: their output is kept, and shown only if they fail.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
import { Problem } from './say.mjs';

const shownLines = 80;

/**
 * Runs a program and resolves to its output, standard error included. `onLine` sees each line as it comes
 * and returns true for one that need not be kept. A non-zero exit code throws with the end of the output, unless `mayFail`;
 * then `{ output, code }` says so.
 */
export function run(command, args, { cwd = root, env = process.env, onLine, mayFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (!onLine?.(line)) lines.push(line);
      });
    }
    child.on('error', (error) => reject(new Problem(`${command} could not be started: ${error.message}`)));
    child.on('close', (exit, signal) => {
      const output = lines.join('\n');
      const code = exit ?? signal;
      if (code === 0 || mayFail) resolve({ output, code });
      else reject(new Problem(`${lines.slice(-shownLines).join('\n')}\n\nfailed (${code}): ${[command, ...args].join(' ')}`));
    });
  });
}

/** Runs a program in the foreground, on this terminal; resolves to its exit code. */
export function runHere(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    child.on('error', (error) => reject(new Problem(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** First line of what a program prints, or undefined where there is no such program or it fails. */
export function ask(command, args = []) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}
