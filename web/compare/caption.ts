// In words: what is the same in all cells.
import type { Context } from './axes.js';
import { decided } from './fields.js';
import type { State } from './state.js';

const titleIn = (entries: readonly { name: string; title: string }[], name: string) =>
  entries.find((entry) => entry.name === name)?.title ?? name;

/** One sentence of all choices that neither an axis nor a convention makes. */
export function captionOf(state: State, { engine, network, classNames, top, photos }: Context): string {
  const gone = decided(state);
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
  const sentence = [...said, `network: ${network}`].join('; ');
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`;
}
