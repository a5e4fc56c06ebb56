// What all results of one file must share: results of two makers are no data set.
import { readFileSync } from 'node:fs';
import { badOption } from '../../api/errors.js';
import { loadSharp } from '../../node/sharp.js';
import { canonical } from './digest.js';
import type { Fields } from './entries.js';

export interface Identity {
  /** Of the file, with what lies beside it. */
  model: string;
  build: string;
  version: string;
  /** Of photos. */
  decoder: string;
  options: Fields;
}

export async function identityOf(made: Pick<Identity, 'model' | 'build' | 'options'>): Promise<Identity> {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };
  const { versions } = await loadSharp();
  const identity = { ...made, version, decoder: `sharp ${versions.sharp}, vips ${versions.vips}` };
  // As JSON has it: it is compared with what was read.
  return JSON.parse(canonical(identity));
}

const shown = (value: unknown) => (value === undefined ? 'none' : typeof value === 'string' ? value : canonical(value));

function differenceOf(a: Fields, b: Fields): string | undefined {
  const name = [...new Set([...Object.keys(a), ...Object.keys(b)])].find((key) => canonical(a[key]) !== canonical(b[key]));
  return name === undefined ? undefined : `${name} ${shown(a[name])}, not ${shown(b[name])}`;
}

/** Throws `bad-option` that names where they differ. */
export function checkSame(path: string, found: Identity, wanted: Identity, advice: string): void {
  const { options, ...made } = found;
  const { options: wantedOptions, ...wantedMade } = wanted;
  const difference = differenceOf(made, wantedMade) ?? differenceOf(options, wantedOptions);
  if (difference !== undefined) throw badOption(`${path} holds results of ${difference}: ${advice}`);
}
