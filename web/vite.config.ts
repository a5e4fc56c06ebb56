// The site: its pages and the npm package, bundled as anybody bundles it. All that is loaded has a name that changes with what is in it;
// the package's entries are at plain names too, for who has but the site's address.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { defineConfig, type Plugin } from 'vite';
import { docs } from './docs/build/plugin.js';
import { early } from './early/plugin.js';
import { installed } from './installed.js';
import { preview } from './offline/preview.js';
import { results } from './results/plugin.js';
import { texts } from './texts/plugin.js';

/** Files of a folder that keep their names: photos for embeds and links, digits for whoever trains. */
function kept(folder: string, names: RegExp): Plugin {
  return {
    name: `kept-${folder}`,
    generateBundle() {
      const from = join(import.meta.dirname, folder);
      for (const file of readdirSync(from).filter((name) => names.test(name))) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source: readFileSync(join(from, file)) });
      }
    },
  };
}

/** What buttons show of the sample photos: the whole ones are twenty times as large, and would come in the way of the network. */
function small(folder: string): Plugin {
  return {
    name: `small-${folder}`,
    async generateBundle() {
      const from = join(import.meta.dirname, folder);
      for (const file of readdirSync(from).filter((name) => /\.(webp|jpg)$/.test(name))) {
        const source = await sharp(join(from, file)).resize(144, 144).webp({ quality: 80 }).toBuffer();
        this.emitFile({ type: 'asset', fileName: `${folder}/small/${file.replace(/\.\w+$/, '.webp')}`, source });
      }
    },
  };
}

/**
 * `<!-- include NAME key=word ... -->` in a page: the file of that name in common/ with the words for its `{{key}}`s; and in its
 * navigation the page itself is marked.
 */
function includes(folder: string): Plugin {
  return {
    name: 'includes',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        const own = path === '/index.html' ? './' : `.${path}`;
        return html
          .replaceAll(/<!-- include (\S+)((?: \w+=\w+)*) -->/g, (_, name: string, words: string) => {
            const given = new Map(words.split(' ').map((word) => word.split('=') as [string, string]));
            const text = readFileSync(join(folder, name), 'utf8').trimEnd();
            return text.replaceAll(/{{(\w+)}}/g, (_, key: string) => given.get(key) ?? '');
          })
          .replace(`<a href="${own}"`, '$& aria-current="page"');
      },
    },
  };
}

const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.html'));

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    includes(join(import.meta.dirname, 'common')),
    kept('photos', /\.(webp|jpg|png)$/),
    small('photos'),
    kept('digits', /\.bin$/),
    results(),
    docs(),
    texts(),
    preview(),
    installed(),
    early(),
  ],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    // As data they would be no files, which engines and workers are loaded from.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: pages.map((name) => join(import.meta.dirname, name)),
      output: {
        // One piece of our own and one of the package for all pages: many small ones would wait for each other. Charts come later, where
        // there are any, and so does the trainer.
        codeSplitting: {
          groups: [
            { name: 'common', priority: 1, test: /web\/(common\/(?!plot_style)|photos\/photos\.json)|vite\/preload-helper/ },
            {
              name: 'smoothgrad',
              priority: 2,
              test: /dist\/smoothgrad(-[\w-]+)?\/(index(_shared)?|element_shared|engine|js)\.js$/,
            },
          ],
        },
      },
    },
  },
});
