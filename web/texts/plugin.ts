// For Vite: pages are written with keys in place of texts (`data-text="KEY"`, or `data-text-title="KEY"` for an attribute) and are built
// in English, whole without a script. Keys stay where they are: by them language.js puts another language's texts in place, from a file
// of which English readers load nothing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import * as english from './en.js';
import { fill, fillBoth } from './fill.js';
import * as japanese from './ja.js';

const source = JSON.stringify(japanese);
const digest = createHash('sha256').update(source).digest('base64url').slice(0, 8);
const file = `assets/ja-${digest}.json`;

/** Pages that are English only: half a translation is none. */
const untranslated = /^\/docs(-[\w-]+)?\.html$/;

interface Manifest {
  lang: string;
  description: string;
  shortcuts: { name: string; url: string }[];
}

/** What the installed site is called, and its pages in its menu. */
function japaneseManifest(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../public/manifest.webmanifest'), 'utf8')) as Manifest;
  const page: Readonly<Record<string, string>> = japanese.page;
  const shortcuts = manifest.shortcuts.map(({ name, url }) => ({
    name: page[`page.${url.replace('.html', '')}`] ?? name,
    url,
  }));
  return JSON.stringify({ ...manifest, lang: 'ja', description: page['manifest.description'], shortcuts }, null, 2);
}

export function texts(): Plugin {
  return {
    name: 'texts',
    buildStart() {
      const notFound = readFileSync(join(import.meta.dirname, 'not_found.html'), 'utf8');
      const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
      emit(file, source);
      emit('manifest.ja.webmanifest', japaneseManifest());
      emit('404.html', fillBoth(notFound, { en: english.page, ja: japanese.page }, 'en'));
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        const whole = fill(html, english.page);
        return untranslated.test(path)
          ? whole.replace(' id="language"', '$& hidden')
          : whole.replace('src="./language.js"', `$& data-ja="./${file}"`);
      },
    },
  };
}
