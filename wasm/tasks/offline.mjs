// The site's service worker: its text, after a list of what it keeps of a build.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { root } from '../setup/paths.mjs';

/** What hosts read, what the browser asks for by itself, and what no page loads. */
const left = /^(_headers|404\.html|service_worker\.js|og\.png|THIRD_PARTY\.txt)$/;

const isKept = (name) => !left.test(name);
/** The largest last: what was kept when somebody leaves early is then of use. */
const bySize = (a, b) => a.bytes.length - b.bytes.length || (a.name < b.name ? -1 : 1);

async function read(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const kept = names.map((name) => name.split(sep).join('/')).filter(isKept);
  return Promise.all(kept.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

/** Makes it for what lies in the folder. */
export async function writeServiceWorker(folder) {
  const files = (await read(folder)).sort(bySize);
  const digests = Object.fromEntries(
    files.map(({ name, bytes }) => [name, `sha256-${createHash('sha256').update(bytes).digest('base64')}`]),
  );
  const list = JSON.stringify(digests, null, 1);
  const text = await readFile(join(root, 'web/offline/service_worker.js'), 'utf8');
  const build = createHash('sha256').update(list).update(text).digest('hex').slice(0, 16);
  await writeFile(join(folder, 'service_worker.js'), `const build = '${build}';\nconst files = ${list};\n\n${text}`);
}
