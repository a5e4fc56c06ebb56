// The Content-Security-Policy of the site, written once, in the pages: hosts send the same, since workers have but what is sent with
// them; and the page for what is not there, whose script and style lie in it, names those by their digests.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const digestsOf = (html, tag) =>
  [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))]
    .map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');

async function fill(path, words) {
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replaceAll(/{{(\w+)}}/g, (_, key) => words[key]),
  );
}

/** Fills in what 404.html and _headers leave open. */
export async function writePolicy(folder) {
  const [page, absent] = await Promise.all(['index.html', '404.html'].map((name) => readFile(join(folder, name), 'utf8')));
  const [, ofPages] = page.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/);
  const [script, style] = ['script', 'style'].map((tag) => digestsOf(absent, tag));
  const policy = ofPages
    .replace(/script-src [^;]+/, (sources) => `${sources} ${script}`)
    .replace(/style-src [^;]+/, (sources) => `${sources} ${style}`);
  await fill(join(folder, '404.html'), { script, style });
  await fill(join(folder, '_headers'), { policy });
}
