// The command line in a folder of its own: what it prints, its exit code, the form of its complaints.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { commandLine } from './package.mjs';

/** -> {folder, run, runNode}: a new folder, removed after the tests of the file, the command line in it, and Node in it by all its arguments. */
export async function inNewFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-'));
  after(() => rm(folder, { recursive: true }));
  const runNode = (...args) =>
    new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
        resolve({ code: error ? error.code : 0, stdout, lines: stdout.split('\n').filter(Boolean), stderr });
      });
    });
  return { folder, run: (...args) => runNode(commandLine, ...args), runNode };
}

/** One line on stderr that says it, and no stack. */
export function assertComplaint({ stderr }, pattern) {
  assert.match(stderr, pattern);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
  assert.match(stderr, /^smoothgrad: /);
  assert.doesNotMatch(stderr, /\n\s+at /);
}
