// What is on the picture, in words: for its tag, its caption, its description.
import type { Engine, NamedEntry, Progress } from 'smoothgrad';
import type { State } from './state.js';

export const titleOf = (entries: readonly NamedEntry[], name: string) =>
  entries.find((entry) => entry.name === name)?.title ?? name;

/** "SmoothGrad, noise-corrected magnitude, window 2 px": the method, and what is drawn of it where that is not the usual. */
export function pictureWords(state: State, engine: Engine): string {
  const { method, magnitude, reduction, window } = state;
  return [
    titleOf(engine.methods, method),
    magnitude !== 'plain' && titleOf(engine.magnitudes, magnitude).toLowerCase(),
    magnitude === 'plain' && reduction !== undefined && titleOf(engine.reductions, reduction).toLowerCase(),
    window > 0 && `window ${window} px`,
  ]
    .filter((words) => words !== false)
    .join(', ');
}

export function subjectWords({ target }: Progress, { versus }: State, names: readonly string[]): string {
  const name = (index: number) => `“${names[index] ?? `class ${index}`}”`;
  return versus === undefined ? name(target) : `${name(target)} rather than ${name(versus)}`;
}

export function countWords({ samples, goal, state }: Progress): string {
  if (goal === 1) return 'one gradient';
  const count = `${samples} of ${Math.max(goal, samples)} samples`;
  return state === 'paused' ? `${count}, paused` : count;
}
