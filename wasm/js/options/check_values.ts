// Checks of single values; a bad one is named in the error, with what would be right.
import { badOption } from '../api/errors.js';

export const show = (value: unknown) =>
  typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? 'an object' : String(value);

/** A finite number in [low, high]. */
export function checkNumber(name: string, value: unknown, low: number, high = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) return value;
  const least = low === Number.MIN_VALUE ? 'above 0' : `of at least ${low}`;
  const both = low === Number.MIN_VALUE ? `above 0, at most ${high}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a number ${high === Number.POSITIVE_INFINITY ? least : both}, not ${show(value)}`);
}

/** A whole number in [low, high]. */
export function checkWhole(name: string, value: unknown, low: number, high = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  throw badOption(`${name} must be a whole number ${range}, not ${show(value)}`);
}

export function checkSeed(value: unknown, name = 'seed'): bigint {
  if (typeof value === 'bigint' && value >= 0n && value < 1n << 64n) return value;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return BigInt(value as number);
  throw badOption(
    `${name} must be a whole number from 0 to 2^64 - 1 (a BigInt where it is above 2^53 - 1), not ${show(value)}`,
  );
}

export function checkName(name: string, value: unknown, entries: readonly { name: string }[]): string {
  if (entries.some((entry) => entry.name === value)) return value as string;
  throw badOption(`${name} must be one of ${entries.map((entry) => entry.name).join(', ')}, not ${show(value)}`);
}

export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw badOption(`${name} must be true or false, not ${show(value)}`);
}

/** Names that no table has: a misspelt option must not be ignored in silence. */
export function checkKnown(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw badOption(`there is no option ${unknown}; there are ${known.join(', ')}`);
}
