// What is being looked at: all of it is in the address, so that a link reopens exactly this.

export interface State {
  /** A sample photo's name, or `own`. */
  photo: string;
  /** Class index; undefined: the most probable class. */
  target: number | undefined;
  method: string;
  noise: number;
  samples: number;
  seed: number;
  view: string;
  colours: string;
  percentile: number;
}

export const defaults: State = {
  photo: 'rocket',
  target: undefined,
  method: 'smoothgrad',
  noise: 0.15,
  samples: 50,
  seed: 0,
  view: 'two-up',
  colours: 'grey',
  percentile: 99,
};

const within = (low: number, high: number, whole: boolean) => (text: string) => {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value));
  return fits ? value : undefined;
};
const word = (text: string) => (/^[\w-]{1,40}$/.test(text) ? text : undefined);

const readers: { [K in keyof State]: (text: string) => State[K] | undefined } = {
  photo: word,
  target: within(0, 99999, true),
  method: word,
  noise: within(0, 10, false),
  samples: within(1, 1e6, true),
  seed: within(0, Number.MAX_SAFE_INTEGER, true),
  view: word,
  colours: word,
  percentile: within(0, 100, false),
};

/** The state that an address describes; what is missing or makes no sense is as by default. */
export function readState(search: string): State {
  const parameters = new URLSearchParams(search);
  const read = Object.entries(readers).flatMap(([key, reader]) => {
    const text = parameters.get(key);
    const value = text === null ? undefined : reader(text);
    return value === undefined ? [] : [[key, value]];
  });
  return { ...defaults, ...Object.fromEntries(read) };
}

/** The address of a state; parameters that are not the state's stay. */
export function writeState(state: State, search: string): string {
  const parameters = new URLSearchParams(search);
  for (const key of Object.keys(readers) as (keyof State)[]) {
    if (state[key] === defaults[key]) parameters.delete(key);
    else parameters.set(key, String(state[key]));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
