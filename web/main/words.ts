// What is on the picture, in words: for its tag and its caption.
import { type Engine, isDenoised, isSampled, type Model, type NamedEntry, type Progress, probabilitiesOf } from 'smoothgrad';
import { toPercent } from '../common/fields.js';
import { nameOf, text } from '../common/texts.js';
import { magnitudeOf, takesWindow } from './options.js';
import { defaults, type State } from './state.js';
import { twoUp } from './views.js';

export const titleOf = (table: string, entries: readonly NamedEntry[], name: string) =>
  nameOf(table, name, entries.find((entry) => entry.name === name)?.title ?? name);

/** Of few samples the plain map is drawn in place of the denoised one. */
export function magnitudeDrawn(state: State, engine: Engine, progress?: Progress): string {
  const asked = magnitudeOf(state, engine);
  return isDenoised(asked) && progress && isSampled(progress) && !progress.denoised ? 'plain' : asked;
}

/** "SmoothGrad, noise-corrected magnitude, window 2 px": the method, and what is drawn of it where that is not the usual. */
export function pictureWords(state: State, engine: Engine, progress?: Progress): string {
  const { method, reduction, window, randomised } = state;
  const magnitude = magnitudeDrawn(state, engine, progress);
  const sampled = engine.methods.some(({ name }) => name === method);
  return [
    titleOf('method', [...engine.methods, ...engine.references], method),
    sampled && magnitude !== 'plain' && titleOf('magnitude', engine.magnitudes, magnitude).toLowerCase(),
    sampled &&
      magnitude === 'plain' &&
      reduction !== undefined &&
      titleOf('reduction', engine.reductions, reduction).toLowerCase(),
    sampled && window > 0 && takesWindow(state) && text('words.window', { window }),
    randomised > 0 && text('words.random', { count: randomised }),
  ]
    .filter((words) => words !== false)
    .join(text('comma'));
}

const quoted = (index: number, names: readonly string[]) => text('quoted', { name: names[index] ?? text('class', { index }) });

/** On the picture: also from which other class the one is told apart. */
export function tagWords(state: State, engine: Engine, names: readonly string[], progress?: Progress): string {
  const { versus } = state;
  const other = versus === undefined ? '' : text('words.other', { name: quoted(versus, names) });
  return pictureWords(state, engine, progress) + other;
}

function subjectWords({ target }: Progress, { versus }: State, names: readonly string[]): string {
  const name = quoted(target, names);
  return versus === undefined ? name : text('words.rather', { name, other: quoted(versus, names) });
}

/** Parts of the name of a saved picture: "tabby", "SmoothGrad, 48 samples". */
export function nameWords(
  state: State,
  progress: Progress,
  engine: Engine,
  { classNames }: Pick<Model, 'classNames'>,
): string[] {
  const name = (index: number) => classNames[index] ?? text('class', { index });
  const { versus } = state;
  const count = progress.unit === 'samples' && progress.goal > 1 ? text('words.count', { count: String(progress.done) }) : '';
  const subject =
    versus === undefined ? name(progress.target) : text('words.rather', { name: name(progress.target), other: name(versus) });
  // The caption has what is usual, too.
  const named = state.magnitude === defaults.magnitude ? { ...state, magnitude: 'plain' } : state;
  return [subject, pictureWords(named, engine, progress) + count];
}

/** Paragraphs below a saved picture. */
export function captionWords(
  state: State,
  progress: Progress,
  engine: Engine,
  model: Pick<Model, 'title' | 'classNames' | 'ending'>,
): string[] {
  const { noise, sigma, seed, view } = state;
  const level = sigma === undefined ? text('words.noise', { noise: toPercent(noise) }) : text('words.sigma', { sigma });
  const figures =
    isSampled(progress) && progress.goal > 1
      ? text('words.figures', {
          count: progress.samples,
          level,
          seed: String(seed),
          error: progress.relativeError.toFixed(2),
        })
      : '';
  const probability = probabilitiesOf(progress.logits, model.ending)[progress.target] ?? 0;
  return [
    text('words.caption', {
      subject: subjectWords(progress, state, model.classNames),
      probability: toPercent(probability),
      picture: pictureWords(state, engine, progress),
      figures,
      model: model.title,
    }),
    ...(view === twoUp.name ? [text('words.left')] : []),
  ];
}
