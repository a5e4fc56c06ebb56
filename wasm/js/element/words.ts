// What <smooth-grad> says of itself: to a screen reader, and under the map.

import type { Progress } from '../api/index.js';
import { isSampled } from '../api/progress.js';

export type State = 'empty' | 'loading' | 'running' | 'paused' | 'done' | 'error';

const after: Partial<Record<State, string>> = { error: 'stopped by an error', paused: 'paused' };

export function describe(
  state: State,
  alt: string | undefined,
  progress: Progress | undefined,
  names: readonly string[],
): { label: string; caption: string } {
  const { done = 0, goal = 0, unit = 'samples', target, versus, note } = progress ?? {};
  const nameOf = (index: number) => names[index] ?? `class ${index}`;
  const classes = [target, versus].filter((index) => index !== undefined).map(nameOf);
  const scaled = progress !== undefined && isSampled(progress) && progress.difference === 'scaled';
  const [speaks, minus] = scaled ? ['Scaled map of', 'minus that of'] : ['What speaks for', 'rather than'];
  const what = classes.length > 0 ? `${speaks} ${classes.map((name) => `"${name}"`).join(` ${minus} `)}` : 'Map in preparation';
  // With what was merged there may be more of them than the goal.
  const count = goal > 1 ? `${done} of ${Math.max(goal, done)} ${unit}` : '';
  return {
    label: [alt, state === 'empty' ? 'No photo' : what, count, after[state], note].filter(Boolean).join(', '),
    caption: [classes.join(' − '), scaled ? 'scaled maps' : '', count, note].filter(Boolean).join(' · '),
  };
}
