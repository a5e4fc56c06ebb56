// From the page's state to the engine's options.
import type { ExplainOptions, RenderOptions } from 'smoothgrad';
import type { State } from './state.js';
import { twoUp } from './views.js';

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without what is undefined: the engine has defaults for that. */
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

export function explainOptions(state: State): ExplainOptions {
  const { method, target, versus, noise, sigma, samples, seed, firstSample, antithetic, cleanLast, steps, baseline } = state;
  return given({ method, target, versus, noise, sigma, samples, seed, firstSample, antithetic, cleanLast, steps, baseline });
}

/** A map with signs has no square to be pooled, and the significance takes no window. */
export const takesWindow = ({ magnitude, channels }: State) =>
  magnitude === 'corrected' || (magnitude === 'plain' && channels !== 'signed-sum');

export function renderOptions(state: State): RenderOptions {
  const { reduction, magnitude, channels, view, colours, percentile, fromLowest } = state;
  const drawn = { reduction, magnitude, channels, colours, percentile, fromLowest };
  const window = takesWindow(state) ? state.window : 0;
  return given({ ...drawn, window, view: view === twoUp.name ? 'map' : view });
}

/** The plain gradient beside it: the same question, asked once and without noise. */
export const plainOptions = ({ target, versus }: State): ExplainOptions => given({ method: 'gradient', target, versus });

export function plainRenderOptions(state: State): RenderOptions {
  const { channels, colours, percentile, fromLowest } = state;
  return {
    channels,
    colours,
    percentile,
    fromLowest,
    window: takesWindow({ ...state, magnitude: 'plain' }) ? state.window : 0,
  };
}
