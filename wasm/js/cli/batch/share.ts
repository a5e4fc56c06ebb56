// Which photos are a share's: told by their ids alone, so that every machine agrees.
import { createHash } from 'node:crypto';
import { badOption } from '../../api/errors.js';

export interface Share {
  index: number;
  count: number;
}

export const whole: Share = { index: 1, count: 1 };

/** From what was typed: 2/16 is the second of sixteen. */
export function shareOf(text: string): Share {
  const [index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number) as [number?, number?];
  if (index && count && index <= count && Number.isSafeInteger(count)) return { index, count };
  throw badOption(`--shard must be one of so many, from 1/n to n/n, such as 2/16, not "${text}"`);
}

export const isOf = (id: string, { index, count }: Share): boolean =>
  createHash('sha256').update(id).digest().readUInt32BE(0) % count === index - 1;
