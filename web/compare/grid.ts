// The grid on the page: a table whose cells are links, each with its map and what is still missing of it.
import { byId, make } from '../common/dom.js';
import type { Heading } from '../common/picture.js';
import { type Pixels, showPixels } from '../common/pixels.js';
import { text } from '../common/texts.js';

export interface GridCell {
  /** Cells of the same key show the same map. */
  key: string;
  /** What it is of, in words. */
  title: string;
  href: string;
}

export interface GridLayout {
  /** Names of the rows' and of the columns' axis. */
  corner: [string, string];
  rows: Heading[];
  columns: Heading[];
  cells: GridCell[][];
}

interface Box {
  title: string;
  node: HTMLElement;
  link: HTMLAnchorElement;
  canvas: HTMLCanvasElement;
  state: HTMLElement;
  scale: HTMLElement;
}

interface Head {
  thumb: HTMLCanvasElement;
  note: HTMLElement;
}

export interface Grid {
  /** Cells that were there with the same key keep their map. */
  lay(layout: GridLayout): void;
  photo(name: string, pixels: Pixels): void;
  /** A word beneath the photo. */
  note(photo: string, words: string): void;
  runs(key: string, samples: number, goal: number): void;
  /** `scale`: the values at the ends of its colours, in words. */
  draw(key: string, pixels: Pixels, scale: string): void;
  done(key: string): void;
  fails(key: string, reason: string): void;
  canvas(key: string): HTMLCanvasElement | undefined;
  /** Whether one of its cells is on the screen. */
  isVisible(key: string): boolean;
  thumb(photo: string): HTMLCanvasElement | undefined;
  noteOf(photo: string): string;
}

function add<T>(lists: Map<string, T[]>, key: string, value: T) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function makeBox(): Box {
  const canvas = make('canvas', { width: 1, height: 1, ariaHidden: 'true' });
  const state = make('span', { className: 'state' });
  const link = make('a', { target: '_blank' }, canvas, state);
  const scale = make('span', { className: 'scale' });
  return { title: '', node: make('td', {}, link, scale), link, canvas, state, scale };
}

export function createGrid(): Grid {
  const table = byId<HTMLTableElement>('grid');
  const notes = new Map<string, string>();
  let boxes = new Map<string, Box[]>();
  let heads = new Map<string, Head[]>();
  const onScreen = new Set<Element>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) onScreen.add(target);
      else onScreen.delete(target);
    }
  });

  const heading = ({ title, photo }: Heading, scope: 'col' | 'row') => {
    const head = make('th', { scope }, make('span', { className: 'title', textContent: title }));
    if (photo === undefined) return head;
    const thumb = make('canvas', { className: 'thumb', width: 1, height: 1, ariaHidden: 'true' });
    const note = make('span', { className: 'note', textContent: notes.get(photo) ?? '' });
    add(heads, photo, { thumb, note });
    head.prepend(thumb);
    head.append(note);
    return head;
  };
  const set = (key: string, state: string, words: string, spoken: string) => {
    for (const box of boxes.get(key) ?? []) {
      box.node.dataset.state = state;
      box.state.textContent = words;
      box.link.setAttribute('aria-label', `${box.title}: ${spoken}`);
    }
  };

  return {
    lay({ corner, rows, columns, cells }) {
      const before = boxes;
      observer.disconnect();
      onScreen.clear();
      boxes = new Map();
      heads = new Map();
      const boxOf = ({ key, title, href }: GridCell) => {
        const box = before.get(key)?.pop() ?? makeBox();
        add(boxes, key, Object.assign(box, { title }));
        Object.assign(box.link, { href, title: text('cell.open', { title }) });
        return box.node;
      };
      const names = corner.map((words) => make('span', { className: 'axis-name', textContent: words }));
      const top = make('tr', {}, make('td', { className: 'corner' }, ...names));
      top.append(...columns.map((column) => heading(column, 'col')));
      const body = rows.map((row, i) => make('tr', {}, heading(row, 'row'), ...(cells[i] ?? []).map(boxOf)));
      table.style.setProperty('--columns', String(columns.length));
      table.classList.toggle(
        'pictured',
        rows.some(({ photo }) => photo !== undefined),
      );
      table.replaceChildren(make('thead', {}, top), make('tbody', {}, ...body));
      for (const { node } of [...boxes.values()].flat()) observer.observe(node);
      for (const key of boxes.keys()) set(key, 'waiting', text('cell.waiting'), text('cell.waiting'));
    },
    photo(name, pixels) {
      for (const { thumb } of heads.get(name) ?? []) showPixels(thumb, pixels);
    },
    note(photo, words) {
      notes.set(photo, words);
      for (const { note } of heads.get(photo) ?? []) note.textContent = words;
    },
    runs(key, samples, goal) {
      const count = { done: samples, goal };
      set(key, 'running', text('cell.count', count), text('cell.count.spoken', count));
      for (const { node } of boxes.get(key) ?? []) node.style.setProperty('--share', String(samples / goal));
    },
    draw(key, pixels, words) {
      for (const { canvas, node, scale } of boxes.get(key) ?? []) {
        showPixels(canvas, pixels);
        scale.textContent = words;
        node.classList.add('drawn');
      }
    },
    done: (key) => set(key, 'done', '', text('cell.done')),
    fails: (key, reason) => set(key, 'failed', text('cell.failed'), reason),
    canvas: (key) => boxes.get(key)?.[0]?.canvas,
    isVisible: (key) => (boxes.get(key) ?? []).some(({ node }) => onScreen.has(node)),
    thumb: (photo) => heads.get(photo)?.[0]?.thumb,
    noteOf: (photo) => notes.get(photo) ?? '',
  };
}
