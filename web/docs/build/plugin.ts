// For Vite: the pages of the documentation, each made of its markdown and the frame in page.html; with their live styles and scripts and
// the index for the search.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { escape, type Page, render } from './markdown.js';
import { fileOf, groups, names } from './pages.js';
import { runnable } from './runnable.js';
import { sourceOf } from './sources.js';
import { engineTables } from './tables.js';

const folder = join(import.meta.dirname, '../..');

/** What the search knows: a heading and what is below it. */
const indexOf = (pages: readonly Page[]) =>
  pages.flatMap(({ name, title, sections }) =>
    sections.map((section) => ({
      address: `./${fileOf(name)}${section.id && `#${section.id}`}`,
      page: title,
      title: section.title,
      text: section.text,
    })),
  );

function navigation(page: Page, titles: ReadonlyMap<string, string>): string {
  const within = page.sections.filter(({ depth }) => depth === 2);
  const list = within.map(({ id, title }) => `<li><a href="#${id}">${escape(title)}</a></li>`).join('');
  const row = (name: string) => {
    const own = name === page.name;
    const link = `<a ${own ? 'aria-current="page" ' : ''}href="./${fileOf(name)}">${escape(titles.get(name) ?? name)}</a>`;
    return `<li>${link}${own && list ? `<ul>${list}</ul>` : ''}</li>`;
  };
  return groups.map(({ title, pages }) => `<h2>${title}</h2><ul>${pages.map(row).join('')}</ul>`).join('\n');
}

function neighbours({ name }: Page, titles: ReadonlyMap<string, string>): string {
  const at = names.indexOf(name);
  const link = (to: string | undefined, rel: string, words: string) =>
    to === undefined ? '' : `<a rel="${rel}" href="./${fileOf(to)}"><span>${words}</span> ${escape(titles.get(to) ?? to)}</a>`;
  return link(names[at - 1], 'prev', 'Before') + link(names[at + 1], 'next', 'Next');
}

export async function docs(): Promise<Plugin> {
  const frame = readFileSync(join(folder, 'docs/page.html'), 'utf8');
  const tables = await engineTables();
  const pages = names.map((name) => render(name, sourceOf(name, tables)));
  const titles = new Map(pages.map(({ name, title }) => [name, title]));
  const byFile = new Map(pages.map((page) => [join(folder, fileOf(page.name)), page]));
  const htmlOf = (page: Page) => {
    const words: Record<string, string> = {
      name: page.name,
      title: escape(page.title),
      summary: escape(page.summary),
      navigation: navigation(page, titles),
      neighbours: neighbours(page, titles),
      content: page.html,
    };
    return frame.replace(/<!-- docs (\w+) -->|{{(\w+)}}/g, (_, a: string, b: string) => words[a ?? b] ?? '');
  };
  return {
    name: 'docs',
    config: () => ({ build: { rolldownOptions: { input: [...byFile.keys()] } } }),
    resolveId: (id) => (byFile.has(id) ? id : undefined),
    load(id) {
      const page = byFile.get(id);
      return page && htmlOf(page);
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path }) {
        if (!/^\/docs[-.]/.test(path)) return html;
        // All of them are one entry of the header.
        return path === '/docs.html' ? html : html.replace('<a href="./docs.html"', '$& aria-current="true"');
      },
    },
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName: `docs/${fileName}`, source });
      emit('live.css', pages.map(({ css }) => css).join('\n'));
      emit('search.json', JSON.stringify(indexOf(pages)));
      for (const { name, scripts } of pages) {
        for (const [at, text] of scripts.entries()) emit(`${name}-${at}.js`, runnable(text));
      }
    },
  };
}
