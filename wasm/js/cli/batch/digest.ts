// Names of contents.
import { createHash } from 'node:crypto';

export const digest = (content: Uint8Array | string) => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** JSON with the names of objects in order, so that what is the same is written the same. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
