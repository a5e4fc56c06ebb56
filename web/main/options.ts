// From the page's state to the engine's options.
import type { DrawingOptions, ExplainOptions, MapOptions, Progress, RawMap } from 'smoothgrad';
import { isLine } from './methods.js';
import type { State } from './state.js';
import { twoUp } from './views.js';

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without what is undefined: the engine has defaults for that. */
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

export function explainOptions(state: State): ExplainOptions {
  const { method, target, versus, noise, sigma, samples, seed, firstSample, antithetic, cleanLast, steps, baseline } = state;
  const difference = versus === undefined ? undefined : state.difference;
  const asked = { method, target, versus, difference, noise, sigma, samples };
  return given({ ...asked, seed, firstSample, antithetic, cleanLast, steps, baseline });
}

/** A map with signs has no square to be pooled, and the significance takes no window. */
export const takesWindow = ({ magnitude, channels }: Pick<State, 'magnitude' | 'channels'>) =>
  magnitude === 'corrected' || (magnitude === 'plain' && channels !== 'signed-sum');

export function mapOptions(state: State): MapOptions {
  const { reduction, magnitude, channels } = state;
  return given({ reduction, magnitude, channels, window: takesWindow(state) ? state.window : 0 });
}

/** Unless a colour map was chosen, it is one with white in the middle for maps with signs. */
export function drawingOptions(state: State, { signed }: Pick<RawMap, 'signed'>): DrawingOptions {
  const { view, percentile, fromLowest } = state;
  return {
    view: view === twoUp.name ? 'map' : view,
    colours: state.colours ?? (signed ? 'diverging' : 'grey'),
    percentile,
    fromLowest: fromLowest && !signed,
  };
}

/** The plain gradient beside a map: the same question, asked once and without noise, and drawn without corrections. */
export const plainOf = (state: State): State => ({
  ...state,
  method: 'gradient',
  samples: 1,
  magnitude: 'plain',
  reduction: undefined,
  view: 'map',
});

/** Line methods make a pass for each of their steps, scaled differences one for each class. */
const passesPerSample = ({ method, steps, versus, difference }: State) =>
  (isLine(method) ? steps : 1) * (versus !== undefined && difference === 'scaled' ? 2 : 1);

/** Samples of this run alone, without those that were merged. */
export const ownSamples = ({ passes }: Progress, state: State) => Math.floor(passes / passesPerSample(state));
