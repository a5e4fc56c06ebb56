// Arguments of the command line as the API wants them. What is no number stays as it was typed, for the check to name it.
import { badOption } from '../errors.js';

const isNumber = (text: string) => text.trim() !== '' && !Number.isNaN(Number(text));

export const number = (text: string): number => (isNumber(text) ? Number(text) : (text as unknown as number));

export const seed = (text: string): bigint | number => (/^\d+$/.test(text) ? BigInt(text) : number(text));

export function shape(text: string): number[] {
  const sizes = text.split(',').map(number);
  if (sizes.every((size) => Number.isSafeInteger(size) && size > 0)) return sizes;
  throw badOption(`--shape must be whole numbers above 0 with commas between, such as 1,3,224,224, not "${text}"`);
}
