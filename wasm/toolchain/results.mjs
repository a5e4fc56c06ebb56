// `npm run results`: measures the paper's claims anew and makes the site with them: web/results/study.json, its pictures, the
// Results page. What follows `--` is for `smoothgrad study`: `--only rq5` measures one part and keeps the others. With `--quick`
// nothing in web/ changes: file, pictures and site are put into build/results.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buildLibrary } from './library.mjs';
import { build, library, root } from './paths.mjs';
import { runHere } from './run.mjs';
import { main, Problem, say } from './say.mjs';
import { setUp } from './setup.mjs';
import { buildSite } from './site.mjs';

const photos = join(root, 'web/photos');

await main(async () => {
  await setUp();
  await buildLibrary();
  const options = process.argv.slice(2);
  const quick = options.includes('--quick');
  const folder = quick ? join(build, 'results') : join(root, 'web/results');
  const file = join(folder, 'study.json');
  const maps = join(folder, 'maps');
  const some = options.includes('--only') && existsSync(file);
  if (!some) await rm(maps, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const list = JSON.parse(await readFile(join(photos, 'photos.json'), 'utf8')).map((photo) => join(photos, photo.file));
  const output = some ? ['--merge-into', file] : ['--output', file];
  const code = await runHere(process.execPath, [
    join(library, 'cli.js'),
    'study',
    ...list,
    ...output,
    '--pictures',
    maps,
    ...options,
  ]);
  if (code !== 0) throw new Problem('The study did not end well: the page stays as it was');
  const site = await buildSite(quick ? { results: folder, folder: join(folder, 'site') } : {});
  say(`${relative(root, file)} has the figures, ${relative(root, join(site, 'results.html'))} shows them`);
});
