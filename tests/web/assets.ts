// Where the built site is, and its files whose names change with what is in them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const siteFolder = process.env.SMOOTHGRAD_SITE ?? join(import.meta.dirname, '../../dist/site');

/** From the site's root: `assets/worker-E5Y05OE5.js` of `worker.js`. */
export function assetOf(file: string): string {
  const [, stem, ending] = /^(.+)(\.\w+)$/.exec(file) as unknown as [string, string, string];
  const isIt = (name: string) => /^-[\w-]{8}$/.test(name.slice(stem.length, -ending.length));
  const names = readdirSync(join(siteFolder, 'assets'));
  const found = names.filter((name) => name.startsWith(stem) && name.endsWith(ending) && isIt(name));
  if (found.length !== 1) throw new Error(`the site has ${found.length} of ${file}`);
  return `assets/${found[0]}`;
}
