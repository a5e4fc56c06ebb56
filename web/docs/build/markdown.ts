// A page's markdown to what is shown and what is searched. Code may be live: `html live` stands beside its source, `css live` and
// `js live` hold on the page too.
import { Marked, type Token, type Tokens } from 'marked';
import { fileOf } from './pages.js';

export interface Section {
  id: string;
  depth: number;
  title: string;
  /** Without tags. */
  text: string;
}

export interface Page {
  name: string;
  title: string;
  /** The first paragraph. */
  summary: string;
  html: string;
  sections: readonly Section[];
  /** Live style, and the bodies of live scripts, in the order of their buttons. */
  css: string;
  scripts: readonly string[];
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();

export const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => Object.keys(entities).find((entity) => entities[entity] === sign) ?? sign);

const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

/** Pages are linked as files, so that the links hold in the repository too. */
const addressOf = (href: string) => href.replace(/^([\w-]+)\.md(?=#|$)/, (_, name: string) => fileOf(name));

/** Anchors of one page: a second heading of the same words gets a number. */
function anchors() {
  const taken = new Map<string, number>();
  return (text: string) => {
    const slug = slugOf(text);
    const count = taken.get(slug) ?? 0;
    taken.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}

const block = (kind: string, text: string, around = '') =>
  `<figure class="code" data-kind="${escape(kind)}">${around}<pre tabindex="0"><code>${escape(text)}</code></pre></figure>\n`;

/** `source`: what the directives of the page have been put in already. */
export function render(name: string, source: string): Page {
  const css: string[] = [];
  const scripts: string[] = [];
  const idOf = anchors();
  const live: Record<string, (text: string) => string> = {
    html: (text) => block('html', text, `<div class="live">${text}</div>`),
    css(text) {
      css.push(text);
      return block('css', text);
    },
    js(text) {
      scripts.push(text);
      return block('js', text, `<div class="run" data-script="${scripts.length - 1}"></div>`);
    },
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const words = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${words}</h1>\n`;
        const id = idOf(textOf(words));
        return `<h${depth} id="${id}">${words} <a class="anchor" href="#${id}" aria-label="Link to ${escape(textOf(words))}">#</a></h${depth}>\n`;
      },
      code({ text, lang = '' }) {
        const [kind = '', ...words] = lang.split(' ');
        const show = words.includes('live') ? live[kind] : undefined;
        return show ? show(text) : block(kind, text);
      },
      table({ header, rows }) {
        const cells = (row: readonly Tokens.TableCell[], wanted: string) =>
          row
            .map(({ tokens, align, text }) => {
              // An empty head is none.
              const tag = text === '' ? 'td' : wanted;
              return `<${tag}${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`;
            })
            .join('');
        const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
        const head = header.some(({ text }) => text !== '') ? `<thead><tr>${cells(header, 'th')}</tr></thead>` : '';
        return `<div class="table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
      },
      link({ href, tokens }) {
        const elsewhere = /^https?:/.test(href) ? ' rel="noreferrer"' : '';
        return `<a href="${escape(addressOf(href))}"${elsewhere}>${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });

  const tokens = marked.lexer(source);
  const html = marked.parser(tokens);
  const [, title = name] = /<h1>(.*?)<\/h1>/.exec(html) ?? [];
  const paragraph = tokens.find((token): token is Tokens.Paragraph => token.type === 'paragraph');
  const summary = textOf(paragraph ? marked.parser([paragraph as Token]) : '');
  return { name, title: textOf(title), summary, html, sections: sectionsOf(html), css: css.join('\n'), scripts };
}

/** From one heading to the next. */
function sectionsOf(html: string): Section[] {
  return html
    .split(/(?=<h[1-4][ >])/)
    .filter((part) => part.startsWith('<h'))
    .map((part) => {
      const [whole = '', depth = '1', , id = '', words = ''] = /^<h(\d)( id="([^"]*)")?>(.*?)<\/h\d>/s.exec(part) ?? [];
      const title = textOf(words.replace(/<a class="anchor".*$/s, ''));
      return { id, depth: Number(depth), title, text: textOf(part.slice(whole.length)) };
    });
}
