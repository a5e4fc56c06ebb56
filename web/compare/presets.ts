// Grids at one click: the paper's figures for the photo in view, and what its readers try next.
import { make } from '../common/dom.js';
import { text } from '../common/texts.js';
import { defaults, type State, type Store } from './state.js';

interface Preset {
  title: string;
  says: string;
  grid: Partial<State>;
}

const usual: Partial<State> = {
  row: '',
  column: '',
  convention: '',
  method: 'smoothgrad',
  reduction: '',
  magnitude: 'plain',
  window: 0,
};
const { noise, samples } = defaults;

export const presets: readonly Preset[] = [
  {
    title: text('preset.noise'),
    says: text('preset.noise.says'),
    grid: { ...usual, rows: 'photo', columns: 'noise', samples: 50 },
  },
  {
    title: text('preset.samples'),
    says: text('preset.samples.says'),
    grid: { ...usual, rows: 'photo', columns: 'samples', noise: 0.1 },
  },
  {
    title: text('preset.methods'),
    says: text('preset.methods.says'),
    grid: { ...usual, rows: 'photo', columns: 'method', noise, samples },
  },
  {
    title: text('preset.both'),
    says: text('preset.both.says'),
    grid: { ...usual, rows: 'noise', columns: 'samples' },
  },
  {
    title: text('preset.classes'),
    says: text('preset.classes.says'),
    grid: { ...usual, rows: 'class', columns: 'method', noise, samples },
  },
  {
    title: text('preset.tools'),
    says: text('preset.tools.says'),
    grid: { ...usual, rows: 'photo', columns: 'convention' },
  },
];

export function createPresets(box: HTMLElement, store: Store) {
  const buttons = presets.map(({ title, says, grid }) => {
    const button = make('button', { type: 'button', textContent: title, title: says });
    button.addEventListener('click', () => store.set(grid));
    return button;
  });
  box.append(...buttons);
  store.subscribe((state) => {
    for (const [i, button] of buttons.entries()) {
      const set = Object.entries(presets[i]?.grid ?? {}).every(([key, value]) => state[key as keyof State] === value);
      button.setAttribute('aria-pressed', String(set));
    }
  });
}
