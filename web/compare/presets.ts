// Grids at one click: the paper's figures for the photo in view, and what its readers try next.
import { make } from '../common/dom.js';
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
    title: 'Figure 3: noise levels',
    says: 'Photos by noise levels, 50 samples each',
    grid: { ...usual, rows: 'photo', columns: 'noise', samples: 50 },
  },
  {
    title: 'Figure 4: samples',
    says: 'Photos by numbers of samples, 10 % noise',
    grid: { ...usual, rows: 'photo', columns: 'samples', noise: 0.1 },
  },
  {
    title: 'Figure 5: methods',
    says: 'Photos by methods, each alone and under SmoothGrad',
    grid: { ...usual, rows: 'photo', columns: 'method', noise, samples },
  },
  {
    title: 'Noise × samples',
    says: 'What the paper shows in two figures, in one',
    grid: { ...usual, rows: 'noise', columns: 'samples' },
  },
  {
    title: 'Classes × methods',
    says: 'Which methods tell classes apart',
    grid: { ...usual, rows: 'class', columns: 'method', noise, samples },
  },
  {
    title: 'Other tools',
    says: 'What other tools draw under the name of SmoothGrad',
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
