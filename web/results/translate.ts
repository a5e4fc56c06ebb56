// The page's body in another language: each saying, which is a node with words of its own and but inline tags in it, by a table of phrases.
// Figures and names in it stay as they are. The sections know nothing of it.

export type Phrases = readonly (readonly [english: string, other: string])[];

const inline = /^(em|strong|span|a|code|data|small)$/;
const empty = /^(img|br|input|path)$/;
const hasWords = (text: string) => /\p{L}{2}/u.test(text.replaceAll(/<[^>]*>/g, ''));

interface Phrase {
  pattern: RegExp;
  other: string;
  /** Which of its gaps are words, not figures. */
  isWords: readonly boolean[];
  fixed: number;
}

const figure = '(<data[^>]*>[^<]*</data>|<span data-path[^>]*>[^<]*</span>|[−-]?\\d[\\d.,]*(?<![.,]))';

/** A figure; words, with more sayings in them; a name. */
const gaps: Readonly<Record<string, string>> = { '{}': figure, '{*}': '(.+?)', '{_}': '([^;,]+)' };

function phraseOf([english, other]: Phrases[number]): Phrase {
  const parts = english.split(/({[*_]?})/);
  const source = parts.map((part) => gaps[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return {
    pattern: new RegExp(`^${source.join('')}$`, 's'),
    other,
    isWords: parts.filter((part) => part in gaps).map((part) => part !== '{}'),
    fixed: parts.filter((part) => !(part in gaps)).join('').length,
  };
}

interface Element {
  name: string;
  open: string;
  pieces: Piece[];
  close: string;
}
type Piece = string | Element;

/** Of what html`...` has made: every tag that is not empty is closed. */
function parse(html: string): Piece[] {
  const root: Element = { name: '', open: '', pieces: [], close: '' };
  const within = [root];
  for (const token of html.match(/<[^>]+>|[^<]+/g) ?? []) {
    const at = within.at(-1) ?? root;
    const [, ends, name = ''] = /^<(\/?)(\w+)/.exec(token) ?? [];
    if (ends === undefined) at.pieces.push(token);
    else if (ends) {
      at.close = token;
      within.pop();
    } else {
      const element = { name, open: token, pieces: [], close: '' };
      at.pieces.push(element);
      if (!empty.test(name) && !token.endsWith('/>')) within.push(element);
    }
  }
  return root.pieces;
}

const isInline = ({ name, pieces }: Element): boolean =>
  inline.test(name) && pieces.every((piece) => typeof piece === 'string' || isInline(piece));

const textOf = (piece: Piece): string =>
  typeof piece === 'string' ? piece : piece.open + piece.pieces.map(textOf).join('') + piece.close;
const sourceOf = (pieces: readonly Piece[]) => pieces.map(textOf).join('').replaceAll(/\s+/g, ' ').trim();

/** `missed` is told what no phrase fits. */
export function createTranslator(phrases: Phrases, missed: (text: string) => void): (html: string) => string {
  const all = phrases.map(phraseOf).sort((a, b) => b.fixed - a.fixed);

  function find(text: string): string | undefined {
    if (!hasWords(text)) return text;
    for (const { pattern, other, isWords } of all) {
      const match = pattern.exec(text);
      if (!match) continue;
      return other.replaceAll(/{(\d+)}/g, (_, at: string) => {
        const gap = match[Number(at)] ?? '';
        return isWords[Number(at) - 1] ? saying(gap) : gap;
      });
    }
    return list(text, '; ') ?? list(text, ', ');
  }
  /** Of several sayings alike. */
  function list(text: string, mark: string): string | undefined {
    const parts = text.split(mark);
    if (parts.length < 2) return undefined;
    const found = parts.map(find);
    return found.every((part) => part !== undefined) ? found.join('、') : undefined;
  }
  function saying(text: string): string {
    const found = find(text);
    if (found === undefined) missed(text);
    return found ?? text;
  }
  const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  const inAttribute = (text: string) => saying(unescaped(text)).replaceAll('"', '&quot;').replaceAll('<', '&lt;');

  const attributes = (tag: string) =>
    tag.replaceAll(/ (aria-label|alt|title)="([^"]*)"/g, (_, name: string, text: string) => ` ${name}="${inAttribute(text)}"`);

  function write(piece: Piece): string {
    if (typeof piece === 'string') return piece;
    const { open, pieces, close } = piece;
    const own = pieces.filter((one) => typeof one === 'string').join('');
    const isWhole = hasWords(own) && pieces.every((one) => typeof one === 'string' || isInline(one));
    const inner = isWhole ? saying(sourceOf(pieces)) : pieces.map(write).join('');
    return attributes(open) + inner + close;
  }
  return (html) =>
    parse(html)
      .map(write)
      .join('')
      .replaceAll(/(\d) %/g, '$1%');
}
