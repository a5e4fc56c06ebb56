// `npm run size`: how large the product is: its source files, without tests and without what was generated or is data.
// `npm run size -- --wasm`: what each family of the engine costs in a build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { ask, run } from '../../wasm/setup/run.mjs';
import { main } from '../../wasm/setup/say.mjs';
import { weigh } from './size/wasm.mjs';

const rooms = ['core', 'wasm', 'web', 'models'];
const endings = ['ts', 'js', 'mjs', 'cpp', 'h', 'css', 'html', 'cmake', 'py', 'sh'];
const long = 300;
const shown = 10;

const folderOf = (path) =>
  path
    .split('/')
    .slice(0, 2)
    .filter((part, i) => i === 0 || !part.includes('.'))
    .join('/');
const endingOf = (path) => path.split('.').at(-1);
const row = (count, name) => console.log(`${count.toLocaleString('en').padStart(8)}  ${name}`);

async function count() {
  const { output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...rooms]);
  const files = output
    .split('\n')
    .filter((path) => endings.includes(endingOf(path)) && existsSync(join(root, path)))
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => b.lines - a.lines);
  const total = (some) => some.reduce((sum, { lines }) => sum + lines, 0);
  console.log(`Product sources at ${ask('git', ['-C', root, 'describe', '--always', '--dirty'])} (${rooms.join(', ')}):\n`);
  row(files.length, 'files');
  row(total(files), 'lines');
  row(total(files.filter(({ path }) => !/^(css|html)$/.test(endingOf(path)))), 'of them without style sheets and pages');
  row(files[Math.floor(files.length / 2)].lines, 'lines in the median file');
  row(files.filter(({ lines }) => lines > long).length, `files above ${long} lines`);
  console.log('\nThe largest:');
  for (const { lines, path } of files.slice(0, shown)) row(lines, path);
  console.log('\nLines by folder (files):');
  for (const folder of [...new Set(files.map(({ path }) => folderOf(path)))].sort()) {
    const own = files.filter(({ path }) => folderOf(path) === folder);
    row(total(own), `${folder} (${own.length})`);
  }
}

await main(process.argv.includes('--wasm') ? weigh : count);
