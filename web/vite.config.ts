// The site: everything but the engine, which stays the npm package beside it, loaded as it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** The sample photos keep their names, for embeds and links. */
function photos(folder: string): Plugin {
  return {
    name: 'photos',
    generateBundle() {
      for (const file of readdirSync(folder).filter((name) => /\.(webp|jpg|png)$/.test(name))) {
        this.emitFile({ type: 'asset', fileName: `photos/${file}`, source: readFileSync(join(folder, file)) });
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [photos(join(import.meta.dirname, 'photos'))],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      external: ['smoothgrad/element'],
      output: { paths: { 'smoothgrad/element': '../smoothgrad/element.js' } },
    },
  },
});
