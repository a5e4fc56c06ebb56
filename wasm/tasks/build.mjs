// `npm run build`: the static site and the npm package, ready to be published.
import { relative } from 'node:path';
import { library, root, site } from '../setup/paths.mjs';
import { main, say } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { buildSite } from './site.mjs';

await main(async () => {
  await setUp();
  await buildSite();
  say(`${relative(root, site)} is the site, ${relative(root, library)} the npm package`);
});
