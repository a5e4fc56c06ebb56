// smoothgrad batch in a folder of its own, with some photos in `photos`.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { treeOf } from '../../tree.mjs';
import { inNewFolder } from './command_line.mjs';
import { commandLine, reference } from './package.mjs';

export const { folder, run, runNode } = await inNewFolder();
export const plain = reference('plain/model.onnx');
export const asPlainLikes = ['--model', plain, '--preset', 'zero-one'];
export const common = [...asPlainLikes, '--samples', '4', '--seed', '7'];
export const at = (...path) => join(folder, ...path);

/** Of stripes, each number others. */
export const photo = (i) =>
  sharp(
    Uint8Array.from({ length: 40 * 32 * 3 }, (_, index) => (index * (i + 3)) % 256),
    { raw: { width: 40, height: 32, channels: 3 } },
  ).png();

/** In the order in which results have them. */
export const ids = ['photos/0.png', 'photos/1.png', 'photos/2.png', 'photos/3.png', 'photos/more/4.png', 'photos/more/5.png'];
await mkdir(at('photos/more'), { recursive: true });
for (const [i, id] of ids.entries()) await photo(i).toFile(at(id));
await writeFile(at('photos/notes.txt'), 'no photo');

export const batch = (...args) => run('batch', ...common, ...args);

/** The same with something on its standard input. */
export const fed = (input, ...args) =>
  new Promise((resolve) => {
    const command = [commandLine, 'batch', ...common, ...args];
    const child = execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
    child.stdin.end(input);
  });

export const linesOf = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
export const results = async (...path) => linesOf(await readFile(at(...path), 'utf8'));

/** Every file below a folder of these. */
export const treeIn = (name) => treeOf(at(name));
