// `npm run results`: measures the paper's claims anew and makes the site with them: web/results/study.json, its pictures, the
// Results page. What follows `--` is for `smoothgrad study`: `--only rq5` measures one part and keeps the others. With `--quick`
// nothing in web/ changes: file, pictures and site are put into build/results.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, library, root } from '../setup/paths.mjs';
import { runHere } from '../setup/run.mjs';
import { main, Problem, say } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { buildLibrary } from './library.mjs';
import { buildSite } from './site.mjs';

const photos = join(root, 'web/photos');
/** On which the denoised map is measured, too. */
const further = join(root, 'web/results/photos');
/** Runs of thousands of samples, kept for the next time. */
const savedRuns = join(build, 'saved-runs');
/** Where the study writes: what is there already stays until it has ended well. */
const fresh = join(build, 'study');
const made = ['study.json', 'maps'];

async function move(from, to) {
  for (const name of made) {
    await rm(join(to, name), { recursive: true, force: true });
    if (existsSync(join(from, name))) await cp(join(from, name), join(to, name), { recursive: true });
  }
}

await main(async () => {
  await setUp();
  await buildLibrary();
  const options = process.argv.slice(2);
  const quick = options.includes('--quick');
  const folder = quick ? join(build, 'results') : join(root, 'web/results');
  const some = options.includes('--only') && existsSync(join(folder, 'study.json'));
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  if (some) await move(folder, fresh);
  const samples = JSON.parse(await readFile(join(photos, 'photos.json'), 'utf8')).filter(({ kind }) => kind === 'photos');
  const list = samples.map((photo) => join(photos, photo.file));
  const file = join(fresh, 'study.json');
  const output = [some ? '--merge-into' : '--output', file, '--pictures', join(fresh, 'maps')];
  const others = (await readdir(further)).filter((name) => name.endsWith('.webp')).map((name) => join(further, name));
  const more = quick ? [] : ['--saved-runs', savedRuns, '--further', ...others];
  const code = await runHere(process.execPath, [join(library, 'cli.js'), 'study', ...list, ...output, ...more, ...options]);
  if (code !== 0) throw new Problem('The study did not end well: the results stay as they were');
  await move(fresh, folder);
  const site = await buildSite(quick ? { results: folder, folder: join(folder, 'site') } : {});
  say(`${relative(root, folder)}/study.json has the figures, ${relative(root, join(site, 'results.html'))} shows them`);
});
