// The attributes of <smooth-grad>, by what a change of them does.
import type { Convention, Picture, RawMap, RenderMapOptions } from '../api/index.js';

/** Another photo, model or engine. */
export const setup = { src: 'text', model: 'text', randomised: 'number', threads: 'number', assets: 'text' } as const;

/** Other samples: from the first again. Options of explain(), gradCam() and occlusion() by their names. */
export const explaining = {
  method: 'text',
  rule: 'text',
  timesInput: 'flag',
  convention: 'text',
  target: 'text',
  versus: 'text',
  difference: 'text',
  noise: 'number',
  sigma: 'number',
  seed: 'number',
  firstSample: 'number',
  steps: 'number',
  baseline: 'text',
  antithetic: 'flag',
  cleanLast: 'flag',
  layer: 'text',
  size: 'number',
  stride: 'number',
} as const;

/** What is made of the samples that are there. Options of map() by their names. */
export const mapping = { channels: 'text', reduction: 'text', magnitude: 'text', window: 'number' } as const;

const looks = { view: 'text', colours: 'text', percentile: 'number', fromLowest: 'flag', opacity: 'number' } as const;

/** How that is drawn. Options of render() by their names, as are those of map(). */
export const drawing = { ...mapping, ...looks } as const;

const others = { samples: 'number', paused: 'flag', controls: 'flag', alt: 'text', poster: 'text' } as const;

export const attributes = { ...setup, ...explaining, ...drawing, ...others };

/** The options among these attributes that were given; a flag that is not set is left to the defaults. */
export const given = <E extends object, K extends keyof E & string>(element: E, names: Readonly<Record<K, unknown>>) =>
  Object.fromEntries(
    (Object.keys(names) as K[]).flatMap((name) =>
      element[name] === undefined || element[name] === false ? [] : [[name, element[name]]],
    ),
  ) as { [name in K]?: Exclude<E[name], undefined> };

type Looks = { [K in keyof typeof looks]?: RenderMapOptions[K] | undefined } & { convention?: string | undefined };

/** How this map is drawn: what is not said is as the convention has it. */
export function drawingOf(
  element: Looks,
  { signed = false }: RawMap,
  conventions: readonly Convention[],
  photo: Picture,
): RenderMapOptions {
  const { percentile, fromLowest = false } = conventions.find(({ name }) => name === element.convention) ?? {};
  const own = given(element, looks) as RenderMapOptions;
  return {
    ...(percentile === undefined ? {} : { percentile }),
    ...own,
    fromLowest: !signed && (own.fromLowest ?? fromLowest),
    ...((own.view ?? 'map') === 'map' ? {} : { photo }),
  };
}
