// A page's state as the parameters of its address, so that a link reopens exactly what is being looked at.

/** One for each parameter: text of the address to a value; undefined where it makes no sense. */
export type Readers<State> = { [K in keyof State]: (text: string) => State[K] | undefined };

export const within = (low: number, high: number, whole: boolean) => (text: string) => {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value));
  return fits ? value + 0 : undefined; // without the sign of -0, which an address would lose
};

export const word = (text: string) => (/^[\w-]{1,40}$/.test(text) ? text : undefined);

/** The state that an address describes; what is missing or makes no sense is as by default. */
export function readState<State extends object>(search: string, defaults: State, readers: Readers<State>): State {
  const parameters = new URLSearchParams(search);
  const read = Object.entries<(text: string) => unknown>(readers).flatMap(([key, reader]) => {
    const text = parameters.get(key);
    const value = text === null ? undefined : reader(text);
    return value === undefined ? [] : [[key, value]];
  });
  return { ...defaults, ...Object.fromEntries(read) };
}

/** The address of a state; parameters that are not the state's stay. */
export function writeState<State extends object>(state: State, search: string, defaults: State): string {
  const parameters = new URLSearchParams(search);
  for (const key of Object.keys(defaults) as (keyof State & string)[]) {
    if (state[key] === defaults[key]) parameters.delete(key);
    else parameters.set(key, String(state[key]));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
