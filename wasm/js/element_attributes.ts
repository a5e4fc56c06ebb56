// The attributes of <smooth-grad>, by what a change of them does.

/** Another photo, model or engine. */
export const setup = { src: 'text', model: 'text', randomised: 'number', threads: 'number', assets: 'text' } as const;

/** Other samples: from the first again. Options of explain() by their names. */
export const explaining = {
  method: 'text',
  convention: 'text',
  target: 'text',
  versus: 'text',
  difference: 'text',
  noise: 'number',
  sigma: 'number',
  seed: 'number',
  steps: 'number',
  baseline: 'text',
  antithetic: 'flag',
} as const;

/** What is made of the samples that are there. Options of map() by their names. */
export const mapping = { channels: 'text', reduction: 'text', magnitude: 'text', window: 'number' } as const;

/** How that is drawn. Options of render() by their names, as are those of map(). */
export const drawing = { ...mapping, view: 'text', colours: 'text', percentile: 'number', opacity: 'number' } as const;

const others = { samples: 'number', paused: 'flag', controls: 'flag', alt: 'text' } as const;

export const attributes = { ...setup, ...explaining, ...drawing, ...others };

/** The options among these attributes that were given. */
export const given = <E extends object, K extends keyof E & string>(element: E, names: Readonly<Record<K, unknown>>) =>
  Object.fromEntries(
    (Object.keys(names) as K[]).flatMap((name) => (element[name] === undefined ? [] : [[name, element[name]]])),
  ) as { [name in K]?: Exclude<E[name], undefined> };
