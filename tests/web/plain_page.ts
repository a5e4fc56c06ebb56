// A plain page with nothing but the tag, beside the package's folders.
import { join } from 'node:path';
import { plainPage } from '../plain_page.mjs';
import { siteFolder } from './assets.js';
import { type Host, startHost } from './static_host.js';

/** It is at `plain.html`. */
export const startPlain = (): Promise<Host> =>
  startHost(join(siteFolder, '..'), { headers: true, pages: { 'plain.html': plainPage } });
