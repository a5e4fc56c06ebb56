// Where the results of many photos go.
import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { badOption } from '../errors.js';

const isFolder = (path: string) => /[\\/]$/.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);

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
    let path = pattern.replaceAll('{name}', name);
    for (let n = 2; used.has(path); n++) path = pattern.replaceAll('{name}', `${name}-${n}`);
    used.add(path);
    return path;
  });
}
