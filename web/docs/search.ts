// The search: an index of all headings and what is below them, made at build, read when it is first wanted.
import MiniSearch from 'minisearch';
import { byId, make } from '../common/dom.js';

interface Entry {
  address: string;
  page: string;
  title: string;
  text: string;
}

const most = 12;

async function load(): Promise<(words: string) => Entry[]> {
  const response = await fetch('docs/search.json');
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const entries = (await response.json()) as Entry[];
  const index = new MiniSearch<Entry & { id: number }>({
    fields: ['title', 'text', 'page'],
    // Names of options and flags are found as they are written, and by their parts.
    tokenize: (text) => text.split(/[\s\p{P}\p{S}]+/u).flatMap((word) => [word, ...word.split(/(?=\p{Lu})/u)]),
    searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: (word) => (word.length > 4 ? 0.2 : false) },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return (words) => {
    const found = index.search(words, { combineWith: 'AND' }).map(({ id }) => entries[id] as Entry);
    // What has the words as they were written comes first: a heading, then a text.
    const phrase = words.trim().toLowerCase();
    const has = (text: string) => text.toLowerCase().includes(phrase);
    const rank = ({ title, text }: Entry) => (has(title) ? 0 : has(text) ? 1 : 2);
    return found.sort((a, b) => rank(a) - rank(b));
  };
}

/** What is around the first of the words. */
function excerpt({ text }: Entry, words: string): string {
  const phrase = words.trim().toLowerCase();
  const places = [phrase, ...phrase.split(/\s+/)].map((part) => text.toLowerCase().indexOf(part));
  const at = places.find((place) => place >= 0) ?? 0;
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, at - 40)));
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 120)}${from + 120 < text.length ? '…' : ''}`;
}

export function createSearch(): { open: () => void } {
  const field = byId<HTMLInputElement>('search');
  const list = byId('found');
  const words = byId('found-words');
  let index: ReturnType<typeof load> | undefined;

  async function find() {
    const wanted = field.value;
    if (wanted.trim() === '') {
      list.replaceChildren();
      words.textContent = '';
      return;
    }
    index ??= load();
    try {
      const found = (await index)(wanted);
      // Typed on meanwhile.
      if (wanted !== field.value) return;
      const rows = found.slice(0, most).map((entry) => {
        const where = entry.title === entry.page ? '' : ` – ${entry.page}`;
        const link = make('a', { href: entry.address }, make('strong', { textContent: entry.title }), where);
        link.append(make('span', { textContent: excerpt(entry, wanted) }));
        return make('li', {}, link);
      });
      list.replaceChildren(...rows);
      const count = found.length > most ? `The best ${most} of ${found.length}` : String(found.length);
      words.textContent = found.length === 0 ? `Nothing is called “${wanted}”.` : `${count} found`;
    } catch (error) {
      // The next key tries again.
      index = undefined;
      words.textContent = `The index could not be read: ${error instanceof Error ? error.message : error}`;
    }
  }

  /** Arrows go through the field and what was found, as if they were one list. */
  function walk(event: KeyboardEvent) {
    const stops = [field, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
    else if (event.key === 'Enter' && at === 0) stops[1]?.click();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  }

  function close() {
    field.value = '';
    void find();
    field.focus();
  }

  field.addEventListener('input', find);
  field.parentElement?.addEventListener('keydown', walk);
  // Within the page nothing is loaded anew: the list goes by itself.
  list.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('a')) setTimeout(close);
  });
  return {
    open() {
      field.focus();
      field.select();
    },
  };
}
