// Arguments of the command line as the API wants them; absent ones keep the API's defaults. What is no number stays as it was typed, for the check to name it.
import { badOption } from '../api/errors.js';

const isNumber = (text: string) => text.trim() !== '' && !Number.isNaN(Number(text));

export const number = (text: string): number => (isNumber(text) ? Number(text) : (text as unknown as number));

export const seed = (text: string): bigint | number => (/^\d+$/.test(text) ? BigInt(text) : number(text));

export function shape(text: string): number[] {
  const sizes = text.split(',').map(number);
  const elements = sizes.reduce((product, size) => product * size, 1);
  if (elements > 2 ** 27) throw badOption(`--shape ${text} has ${elements} elements: at most ${2 ** 27}`);
  if (sizes.every((size) => Number.isSafeInteger(size) && size > 0)) return sizes;
  throw badOption(`--shape must be whole numbers above 0 with commas between, such as 1,3,224,224, not "${text}"`);
}

/** Those of the named options that were given. */
export const given = <T extends object, K extends keyof T>(options: T, ...names: K[]) =>
  Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])) as {
    [name in K]?: Exclude<T[name], undefined>;
  };
