// The site: everything but the engine, which stays the npm package beside it, loaded as it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { preview } from './offline/preview.js';
import { results } from './results/plugin.js';

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
          .replace(`<a href="${own}">`, `<a href="${own}" aria-current="page">`);
      },
    },
  };
}

/** The package's entries, as the pages find them. */
const modules = {
  smoothgrad: '../smoothgrad/index.js',
  'smoothgrad/element': '../smoothgrad/element.js',
  'smoothgrad/train': '../smoothgrad/train.js',
};

const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.html'));

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    includes(join(import.meta.dirname, 'common')),
    kept('photos', /\.(webp|jpg|png)$/),
    kept('digits', /\.bin$/),
    results(),
    preview(),
  ],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pages.map((name) => join(import.meta.dirname, name)),
      external: Object.keys(modules),
      output: { paths: modules },
    },
  },
});
