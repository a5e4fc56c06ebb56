// In words: what is the same in all cells.
import { runOptions } from 'smoothgrad';
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

/** One sentence of all choices that neither an axis nor a convention makes. */
export function captionOf(state: State, context: Context): string {
  const { engine, network, classNames, top, photos } = context;
  const gone = decided(state, engine.conventions);
  const target = state.target ?? (gone.has('photo') ? undefined : top[0]?.index);
  const className = target === undefined ? 'the most probable one of each photo' : `“${classNames[target]}”`;
  const parts: [keyof State, string][] = [
    ['photo', `photo: ${titleIn(photos, state.photo)}`],
    ['target', `class: ${className}`],
    ['method', `method: ${titleIn(engine.methods, state.method)}`],
    ['convention', state.convention === '' ? '' : `convention: ${titleIn(engine.conventions, state.convention)}`],
    ['noise', `noise: ${Math.round(state.noise * 1000) / 10} %`],
    ['samples', `samples: ${state.samples.toLocaleString('en')}`],
    ['reduction', state.reduction === '' ? '' : `reduction: ${titleIn(engine.reductions, state.reduction)}`],
    ['magnitude', state.magnitude === 'plain' ? '' : `magnitude: ${titleIn(engine.magnitudes, state.magnitude)}`],
    ['window', state.window === 0 ? '' : `pooled over ${state.window} pixels`],
    ['seed', `noise seed: ${state.seed}`],
    ['percentile', `each map drawn up to its own percentile ${state.percentile}`],
  ];
  const said = parts.filter(([key, words]) => words !== '' && !gone.has(key)).map(([, words]) => words);
  const line = hasLine(state, context) ? [`integrated over ${runOptions.steps.default} steps from mid-grey`] : [];
  const sentence = [...said, ...line, `network: ${network}`].join('; ');
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`;
}

/** On the page the grid's corner says what rows and columns are, in a picture its caption. */
export function pictureCaption({ rows, columns }: Pick<State, 'rows' | 'columns'>, words: string): string {
  const [down, across] = [rows, columns].map((name) => findAxis(name).title.toLowerCase());
  return `Rows: ${down}; columns: ${across}. ${words}`;
}
