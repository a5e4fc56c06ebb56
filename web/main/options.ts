// From the page's state to the options of the engine, which are the attributes of <smooth-grad>.
import type { MapOptions, Model } from 'smoothgrad';
import { defaults, type State } from './state.js';
import { twoUp } from './views.js';

/** A map with signs has no square to be pooled, and the significance takes no window. */
export const takesWindow = ({ magnitude, channels }: Pick<State, 'magnitude' | 'channels'>) =>
  magnitude === 'corrected' || (magnitude === 'plain' && channels !== 'signed-sum');

export function mapOptions(state: State): MapOptions {
  const { reduction, magnitude, channels } = state;
  return {
    magnitude,
    channels,
    window: takesWindow(state) ? state.window : 0,
    ...(reduction === undefined ? {} : { reduction }),
  };
}

/** What is undefined is left to the element. */
export function attributesOf(state: State, { gradCamLayers }: Pick<Model, 'gradCamLayers'>) {
  const { method, target, versus, noise, sigma, samples, seed, firstSample, antithetic, cleanLast, steps, baseline } = state;
  const { size, reduction, colours, percentile, fromLowest } = state;
  return {
    ...{ method, target, versus, noise, sigma, samples, seed, firstSample, antithetic, cleanLast, steps, baseline },
    ...{ size, colours, percentile, fromLowest },
    difference: versus === undefined ? undefined : state.difference,
    // Another model has other layers.
    layer: gradCamLayers.some(({ name }) => name === state.layer) ? state.layer : undefined,
    view: state.view === twoUp.name ? 'map' : state.view,
    ...mapOptions(state),
    reduction,
  };
}

/** The plain gradient beside a map: the same question, asked once and without noise, and drawn without corrections. */
export function plainOf({ target, versus, difference, channels, colours, percentile, fromLowest }: State): State {
  const same = { target, versus, difference, channels, colours, percentile, fromLowest };
  return { ...defaults, ...same, method: 'gradient', samples: 1, view: 'map' };
}
