// What <smooth-grad> says of itself: to a screen reader, and under the map.

import type { Progress } from '../api/index.js';
import { isSampled } from '../api/progress.js';
import type { Texts } from './texts/texts.js';

export type State = 'empty' | 'loading' | 'running' | 'paused' | 'done' | 'error';

export function describe(
  texts: Texts,
  state: State,
  alt: string | undefined,
  progress: Progress | undefined,
  names: readonly string[],
): { label: string; caption: string } {
  const { done = 0, goal = 0, unit = 'samples', target, versus, note } = progress ?? {};
  const nameOf = (index: number) => names[index] ?? texts.classNumber(index);
  const [first, second] = [target, versus].filter((index) => index !== undefined).map(nameOf);
  const scaled = progress !== undefined && isSampled(progress) && progress.difference === 'scaled';
  const what = first === undefined ? texts.preparing : texts[scaled ? 'difference' : 'speaks'](first, second);
  // With what was merged there may be more of them than the goal.
  const count = goal > 1 ? texts.count(done, Math.max(goal, done), unit) : '';
  const classes = [first, second].filter((name) => name !== undefined).join(' − ');
  return {
    label: [alt, state === 'empty' ? texts.empty : what, count, texts.after[state], note].filter(Boolean).join(texts.comma),
    caption: [classes, scaled ? texts.scaled : '', count, note].filter(Boolean).join(' · '),
  };
}
