// Where results go: a path for each photo, none of them twice, none over what is read. All of it is known before anything is computed.
import { statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { badOption } from '../api/errors.js';
import { writeError } from './whole_file.js';

/** Undefined where there is nothing, or nothing that may be looked at. */
function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
const isFolder = (path: string) => /[\\/]$/.test(path) || (stat(path)?.isDirectory() ?? false);

/**
 * A path for each photo: `given` may be a folder, hold `{name}` (the photo's without its extension), or, for one photo, be
 * the path itself. Without it, `{name}<suffix>` beside the caller. Photos of one name are told apart by a number.
 */
export function outputPaths(option: string, given: string | undefined, photos: readonly string[], suffix: string): string[] {
  const pattern = given === undefined ? `{name}${suffix}` : isFolder(given) ? join(given, `{name}${suffix}`) : given;
  if (!pattern.includes('{name}')) {
    if (photos.length === 1) return [pattern];
    throw badOption(
      `${option} ${given} names one file for ${photos.length} photos: give a folder, or a pattern such as {name}${suffix}`,
    );
  }
  const used = new Set<string>();
  return photos.map((photo) => {
    const name = basename(photo, extname(photo));
    // By functions: in a replacement text "$&" means something.
    let path = pattern.replaceAll('{name}', () => name);
    for (let n = 2; used.has(path); n++) path = pattern.replaceAll('{name}', () => `${name}-${n}`);
    used.add(path);
    return path;
  });
}

const otherPictures = /\.(jpe?g|webp|gif|tiff?|bmp|avif|svg|pdf)$/i;

/** Throws `bad-option` where a name promises another kind of picture. */
export function checkPng(option: string, paths: readonly string[]): void {
  const other = paths.find((path) => otherPictures.test(path));
  if (other !== undefined) throw badOption(`${option} ${other}: pictures are written as PNG, give a name that ends in .png`);
}

/**
 * `outputs` by their options, `inputs`: what is read. Throws `bad-option` where a file would be written over another, and
 * `not-found` where there is no folder for it.
 */
export function checkOutputs(outputs: Readonly<Record<string, readonly string[]>>, inputs: readonly string[]): void {
  const taken = new Map(inputs.map((path) => [resolve(path), 'would overwrite what is read']));
  for (const [option, paths] of Object.entries(outputs)) {
    for (const path of paths) {
      const place = resolve(path);
      const there = stat(place);
      // Devices and pipes take more than one.
      if (there && !there.isFile() && !there.isDirectory()) continue;
      const clash = taken.get(place);
      if (clash !== undefined) throw badOption(`${option} ${path} ${clash}: give another name`);
      taken.set(place, `is where ${option} writes too`);
      if (!stat(dirname(place))?.isDirectory()) throw writeError(path, { code: 'ENOENT' });
    }
  }
}
