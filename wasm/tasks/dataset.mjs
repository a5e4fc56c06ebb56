// `npm run results:dataset`: RQ1 to RQ4 on some hundred pictures, of which web/results/dataset.json has the means with intervals.
// No data set may be shipped here: the pictures are crops of the study's eight photos, half of them mirrored, and the intervals
// count photos, not crops. What is stopped goes on the next time; `-- --crops 5` makes fewer of each.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { build, library, root } from '../setup/paths.mjs';
import { runHere } from '../setup/run.mjs';
import { main, Problem, say } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { buildLibrary } from './library.mjs';

const folder = join(build, 'dataset');
const figures = join(root, 'web/results/dataset.json');
/** Of the shorter side. */
const [smallest, largest] = [0.6, 1];

/** Numbers from 0 to below 1: a linear congruence modulo 2^32, of which the high bits count. */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function photosOf(place, kinds) {
  return (await readdir(place)).filter((name) => kinds.test(name)).map((name) => join(place, name));
}

/** Squares of other sizes at other places, every second one mirrored -> entries of a list. */
async function cropsOf(photo, count, seed) {
  const { default: sharp } = await import('sharp');
  const name = basename(photo, extname(photo));
  const { width, height } = await sharp(photo).metadata();
  const next = seeded(seed);
  const entries = [];
  for (let i = 0; i < count; i++) {
    const side = Math.round(Math.min(width, height) * (smallest + (largest - smallest) * next()));
    const [left, top] = [width, height].map((length) => Math.floor((length - side + 1) * next()));
    const path = join(folder, 'photos', `${name}-${i}.png`);
    const crop = sharp(photo).extract({ left, top, width: side, height: side });
    await (i % 2 ? crop.flop() : crop).toColourspace('srgb').png().toFile(path);
    entries.push({ photo: relative(folder, path), id: `${name}-${i}`, group: name });
  }
  return entries;
}

await main(async () => {
  const { crops = '25', ...others } = parseArgs({ options: { crops: { type: 'string' }, threads: { type: 'string' } } }).values;
  await setUp();
  await buildLibrary();
  await mkdir(join(folder, 'photos'), { recursive: true });
  const photos = [
    ...(await photosOf(join(root, 'web/photos'), /^[^-]+\.(webp|jpg)$/)),
    ...(await photosOf(join(root, 'web/results/photos'), /\.webp$/)),
  ];
  const lists = [];
  for (const [i, photo] of photos.sort().entries()) lists.push(await cropsOf(photo, Number(crops), i + 1));
  // In turns, so that the neighbour of a crop is one of another photo.
  const entries = lists[0].flatMap((_, i) => lists.map((list) => list[i]));
  await writeFile(join(folder, 'list.jsonl'), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const threads = others.threads === undefined ? [] : ['--threads', others.threads];
  const command = ['study', '--list', 'list.jsonl', '--dataset', 'figures', '-o', figures, ...threads];
  const code = await runHere(process.execPath, [join(library, 'cli.js'), ...command], { cwd: folder });
  if (code !== 0) throw new Problem('Some photos could not be studied: see above');
  say(`${relative(root, figures)} has the figures`);
});
