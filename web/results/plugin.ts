// For Vite: `<!-- results -->` in a page becomes what the study found; its pictures and its file go along, and the same in Japanese, which
// language.js puts in its place. RESULTS names another folder with study.json and maps/ than this one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { toJapanese } from './japanese.js';
import { makePage } from './make_page.js';
import { pictureFolder } from './pictures.js';

export function results(): Plugin {
  const folder = process.env.RESULTS ?? import.meta.dirname;
  const file = join(folder, 'study.json');
  const maps = join(folder, 'maps');
  const english = makePage(JSON.parse(readFileSync(file, 'utf8')) as StudyFile);
  const japanese = toJapanese(english);
  const japaneseFile = `assets/results-ja-${createHash('sha256').update(japanese).digest('base64url').slice(0, 8)}.html`;
  return {
    name: 'results',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace('<!-- results -->', () => `<div data-part-ja="./${japaneseFile}">${english}</div>`),
    },
    generateBundle() {
      const page = `<!doctype html><meta charset="utf-8"><body>${japanese}`;
      this.emitFile({ type: 'asset', fileName: japaneseFile, source: page });
      this.emitFile({ type: 'asset', fileName: 'results/study.json', source: readFileSync(file) });
      for (const name of existsSync(maps) ? readdirSync(maps) : []) {
        this.emitFile({ type: 'asset', fileName: `${pictureFolder}/${name}`, source: readFileSync(join(maps, name)) });
      }
    },
  };
}
