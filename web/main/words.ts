// What is on the picture, in words: for its tag and its caption.
import { type Engine, isDenoised, isSampled, type Model, type NamedEntry, type Progress } from 'smoothgrad';
import { magnitudeOf, takesWindow } from './options.js';
import type { State } from './state.js';
import { twoUp } from './views.js';

export const titleOf = (entries: readonly NamedEntry[], name: string) =>
  entries.find((entry) => entry.name === name)?.title ?? name;

/** "SmoothGrad, noise-corrected magnitude, window 2 px": the method, and what is drawn of it where that is not the usual. */
export function pictureWords(state: State, engine: Engine, progress?: Progress): string {
  const { method, reduction, window, randomised } = state;
  const asked = magnitudeOf(state, engine);
  // Of too few samples the plain map is drawn in its place.
  const isTooEarly = isDenoised(asked) && progress && isSampled(progress) && !progress.denoised;
  const magnitude = isTooEarly ? 'plain' : asked;
  const sampled = engine.methods.some(({ name }) => name === method);
  return [
    titleOf([...engine.methods, ...engine.references], method),
    sampled && magnitude !== 'plain' && titleOf(engine.magnitudes, magnitude).toLowerCase(),
    sampled && magnitude === 'plain' && reduction !== undefined && titleOf(engine.reductions, reduction).toLowerCase(),
    sampled && window > 0 && takesWindow(state) && `window ${window} px`,
    randomised > 0 && (randomised === 1 ? 'last layer random' : `last ${randomised} layers random`),
  ]
    .filter((words) => words !== false)
    .join(', ');
}

function subjectWords({ target }: Progress, { versus }: State, names: readonly string[]): string {
  const name = (index: number) => `“${names[index] ?? `class ${index}`}”`;
  return versus === undefined ? name(target) : `${name(target)} rather than ${name(versus)}`;
}

/** Paragraphs below a saved picture. */
export function captionWords(
  state: State,
  progress: Progress,
  engine: Engine,
  model: Pick<Model, 'title' | 'classNames'>,
): string[] {
  const { noise, sigma, seed, view } = state;
  const level = sigma === undefined ? `${Math.round(noise * 100)} % noise` : `noise of σ = ${sigma}`;
  const figures =
    isSampled(progress) && progress.goal > 1
      ? `, ${progress.samples.toLocaleString('en')} samples, ${level}, seed ${seed}, relative error ${progress.relativeError.toFixed(2)}`
      : '';
  return [
    `What speaks for ${subjectWords(progress, state, model.classNames)}: ${pictureWords(state, engine, progress)}${figures}. ${model.title}.`,
    ...(view === twoUp.name ? ['Left of the line: the plain gradient.'] : []),
  ];
}
