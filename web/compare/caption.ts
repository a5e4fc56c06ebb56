// In words: what is the same in all cells.
import { runOptions } from 'smoothgrad';
import { shareFormat } from '../common/numbers.js';
import { named, text } from '../common/texts.js';
import { type Context, entriesOn, findAxis } from './axes.js';
import { sides } from './axis_picker.js';
import { decided } from './fields.js';
import type { State } from './state.js';

const titleIn = (entries: readonly { name: string; title: string }[], name: string) =>
  entries.find((entry) => entry.name === name)?.title ?? name;

/** Whether some cell is of a method with a line, whose steps and begin are then to be told. */
function hasLine(state: State, context: Context): boolean {
  const side = sides.find(({ axis }) => findAxis(state[axis]).key === 'method');
  const names = side ? entriesOn(findAxis('method'), context, state[side.listed]).map(({ value }) => value) : [state.method];
  return context.engine.methods.some(({ name, path }) => path === 'line' && names.includes(name));
}

const tenths = shareFormat({ maximumFractionDigits: 1 });

/** One sentence of all choices that neither an axis nor a convention makes. */
export function captionOf(state: State, context: Context): string {
  const { engine, network, classNames, top, photos } = context;
  const gone = decided(state, engine.conventions);
  const target = state.target ?? (gone.has('photo') ? undefined : top[0]?.index);
  const className = target === undefined ? text('caption.best') : text('quoted', { name: classNames[target] ?? '' });
  const parts: [keyof State, string][] = [
    ['photo', text('caption.photo', { name: titleIn(photos, state.photo) })],
    ['target', text('caption.target', { name: className })],
    ['method', text('caption.method', { name: titleIn(named('method', engine.methods), state.method) })],
    [
      'convention',
      state.convention === ''
        ? ''
        : text('caption.convention', { name: titleIn(named('convention', engine.conventions), state.convention) }),
    ],
    ['noise', text('caption.noise', { noise: tenths(state.noise) })],
    ['samples', text('caption.samples', { count: state.samples })],
    [
      'reduction',
      state.reduction === ''
        ? ''
        : text('caption.reduction', { name: titleIn(named('reduction', engine.reductions), state.reduction) }),
    ],
    [
      'magnitude',
      state.magnitude === 'plain'
        ? ''
        : text('caption.magnitude', { name: titleIn(named('magnitude', engine.magnitudes), state.magnitude) }),
    ],
    ['window', state.window === 0 ? '' : text('caption.window', { window: state.window })],
    ['seed', text('caption.seed', { seed: String(state.seed) })],
    ['percentile', text('caption.percentile', { percentile: state.percentile })],
  ];
  const said = parts.filter(([key, words]) => words !== '' && !gone.has(key)).map(([, words]) => words);
  const line = hasLine(state, context) ? [text('caption.line', { steps: runOptions.steps.default })] : [];
  const sentence = [...said, ...line, text('caption.network', { network })].join(text('caption.list'));
  return text('caption.sentence', { words: `${sentence[0]?.toUpperCase()}${sentence.slice(1)}` });
}

/** On the page the grid's corner says what rows and columns are, in a picture its caption. */
export function pictureCaption({ rows, columns }: Pick<State, 'rows' | 'columns'>, words: string): string {
  const [down, across] = [rows, columns].map((name) => findAxis(name).title.toLowerCase());
  return text('caption.axes', { rows: down ?? '', columns: across ?? '', words });
}

/** Parts of the name of a saved picture: the photo, where all cells are of one, and what rows and columns are. */
export function pictureName({ rows, columns }: Pick<State, 'rows' | 'columns'>, photo: string): string[] {
  const titles = [rows, columns].map((name) => findAxis(name).title);
  const axes = text('caption.name', { rows: titles[0] ?? '', columns: titles[1]?.toLowerCase() ?? '' });
  return [rows, columns].includes('photo') ? [axes] : [photo, axes.toLowerCase()];
}
