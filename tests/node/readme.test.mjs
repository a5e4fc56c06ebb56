// The README's lines of API use, run as they stand.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { chelsea, packageFolder, pathOf } from './support/package.mjs';

test("the README's example runs", async () => {
  const example = /```js\n([\s\S]*?)```/.exec(await readFile(pathOf('README.md'), 'utf8'))[1];
  assert.match(example, /createEngine/);
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-'));
  try {
    await copyFile(chelsea, join(folder, 'cat.jpg'));
    const entry = new URL('node.js', packageFolder).href;
    const report = 'console.log(JSON.stringify([top.name, picture.data.length, attribution.shape]));';
    await writeFile(join(folder, 'example.mjs'), `${example.replace("'smoothgrad'", `'${entry}'`)}\n${report}`);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: folder });
    assert.equal(stderr, '');
    const lines = stdout.trim().split('\n');
    assert.deepEqual(JSON.parse(lines.pop()), ['tiger cat', 224 * 224 * 4, [1, 3, 224, 224]]);
    assert.match(lines.pop(), /^50 \d\.\d+ 50176$/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
