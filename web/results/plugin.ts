// For Vite: `<!-- results -->` in a page becomes what the study found; its pictures and its file go along. RESULTS names another
// folder with study.json and maps/ than this one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { makePage } from './make_page.js';
import { pictureFolder } from './pictures.js';

export function results(): Plugin {
  const folder = process.env.RESULTS ?? import.meta.dirname;
  const file = join(folder, 'study.json');
  const maps = join(folder, 'maps');
  return {
    name: 'results',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace('<!-- results -->', () => makePage(JSON.parse(readFileSync(file, 'utf8')) as StudyFile)),
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'results/study.json', source: readFileSync(file) });
      for (const name of existsSync(maps) ? readdirSync(maps) : []) {
        this.emitFile({ type: 'asset', fileName: `${pictureFolder}/${name}`, source: readFileSync(join(maps, name)) });
      }
    },
  };
}
