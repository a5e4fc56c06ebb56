// From the page's state to the options of a run, which are the attributes of <smooth-grad>.
import { drawingOptions, type Engine, isDenoised, type Model, scoreOptions } from 'smoothgrad';
import { defaults, pick, type State, stateOptions } from './state.js';
import { twoUp } from './views.js';

type Drawn = Pick<State, 'magnitude' | 'channels'>;
type Computed = Pick<State, 'method' | 'reduction' | 'timesInput'>;
type Methods = Pick<Engine, 'methods'>;

/** Whether the map is made of a mean over noisy samples. */
export function isMean({ method, reduction = 'mean', timesInput }: Computed, { methods }: Methods): boolean {
  const row = methods.find(({ name }) => name === method);
  if (!row?.noisy || (timesInput ?? row.timesInput)) return false;
  return row.reduction === 'mean' && reduction === 'mean';
}

/** Whether noise comes in pairs, e and -e. */
export const isInPairs = ({ method, cleanLast, antithetic }: State, { methods }: Methods) =>
  antithetic ?? (!cleanLast && methods.some((row) => row.name === method && row.antithetic));

/** What is drawn: only of a mean can signal be told from noise. */
export const magnitudeOf = (state: Computed & Pick<State, 'magnitude'>, methods: Methods) =>
  isDenoised(state.magnitude) && !isMean(state, methods) ? 'plain' : state.magnitude;

/** The others are of all channels together. */
export const takesChannels = ({ magnitude }: Drawn) => magnitude === 'plain' || isDenoised(magnitude);

/** A map with signs has no square to be pooled, and the significance takes no window. */
export const takesWindow = (drawn: Drawn) =>
  drawn.magnitude === 'corrected' || (takesChannels(drawn) && drawn.channels !== 'signed-sum');

interface Network {
  engine: Methods;
  model: Pick<Model, 'gradCamLayers'>;
}

/** What is undefined is left to the element. */
export const attributesOf = (state: State, { engine, model: { gradCamLayers } }: Network) => ({
  ...pick(state, stateOptions),
  difference: state.versus === undefined ? undefined : state.difference,
  // Another model has other layers.
  layer: gradCamLayers.some(({ name }) => name === state.layer) ? state.layer : undefined,
  view: state.view === twoUp.name ? 'map' : state.view,
  magnitude: magnitudeOf(state, engine),
  window: takesWindow(state) ? state.window : 0,
});

const namesOf = <T extends object>(rows: T) => Object.keys(rows) as (keyof T)[];

/** The plain gradient beside a map: the same question, asked once and without noise, and drawn without corrections. */
export function plainOf(state: State): State {
  const same = pick(state, [...namesOf(scoreOptions), ...namesOf(drawingOptions), 'channels']);
  return { ...defaults, ...same, method: 'gradient', samples: 1, view: 'map' };
}
