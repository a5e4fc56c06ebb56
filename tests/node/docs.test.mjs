// The documentation's examples of JavaScript: all have the package's types, and those that say so run as they stand.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { pathOf } from './support/package.mjs';

const run = promisify(execFile);
const pages = (await readdir(pathOf('web/docs'))).filter((name) => name.endsWith('.md'));

/** Blocks of code of a page: what follows the three marks, and the text. */
async function blocksOf(page) {
  const text = await readFile(pathOf(`web/docs/${page}`), 'utf8');
  return [...text.matchAll(/^```(\S+)(.*)\n([\s\S]*?)^```$/gm)].map(([, kind, words, text], at) => ({
    ...{ name: `${page.replace('.md', '')}-${at}`, kind, text },
    words: words.trim().split(' '),
  }));
}

const blocks = (await Promise.all(pages.map(blocksOf))).flat();
const examples = blocks.filter(({ kind }) => kind === 'js');

/** What fragments speak of without making it. */
const surroundings = `
import type { Engine, Explanation, Model, PreparedPhoto } from 'smoothgrad';
import 'smoothgrad/element';
declare global {
  const engine: Engine;
  const model: Model;
  const photo: PreparedPhoto;
  const run: Explanation;
}
`;

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smoothgrad-docs-'));
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['smoothgrad', 'smoothgrad-efficientnet-lite0', 'smoothgrad-squeezenet']) {
    await symlink(pathOf(`dist/${name}`), join(folder, 'node_modules', name));
  }
  await symlink(pathOf('web/photos'), join(folder, 'photos'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'surroundings.d.ts'), surroundings);
  for (const { name, text, words } of examples) {
    const extension = words.includes('commonjs') ? 'cjs' : 'mjs';
    // A module of its own, also where nothing is imported.
    await writeFile(join(folder, `${name}.${extension}`), extension === 'mjs' ? `${text}\nexport {};\n` : text);
  }
});

after(() => rm(folder, { recursive: true }));

test('all have the types of the package', async () => {
  assert.ok(examples.length > 15);
  const compilerOptions = {
    ...{ allowJs: true, checkJs: true, noEmit: true, strict: true, noImplicitAny: true, skipLibCheck: true },
    ...{ target: 'es2024', module: 'nodenext', lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'], types: [] },
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.mjs', '*.cjs', 'surroundings.d.ts'] }),
  );
  const tsc = pathOf('node_modules/typescript/bin/tsc');
  const { stdout, code = 0 } = await run(process.execPath, [tsc, '-p', folder, '--pretty', 'false']).catch((error) => error);
  assert.deepEqual([stdout, code], ['', 0]);
});

for (const { name, words } of examples.filter(({ words }) => words.includes('run') || words.includes('live'))) {
  test(`${name} runs`, async () => {
    const file = `${name}.${words.includes('commonjs') ? 'cjs' : 'mjs'}`;
    const { stdout, stderr } = await run(process.execPath, [file], { cwd: folder });
    assert.equal(stderr, '');
    assert.notEqual(stdout.trim(), '');
  });
}

test('every code of an error has its section', async () => {
  const [, union] = /type ErrorCode =([^;]+);/.exec(await readFile(pathOf('dist/smoothgrad/api/engine.d.ts'), 'utf8'));
  const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code);
  const text = await readFile(pathOf('web/docs/troubleshooting.md'), 'utf8');
  assert.deepEqual([...text.matchAll(/^## ([a-z-]+)$/gm)].map(([, code]) => code).sort(), codes.sort());
});
