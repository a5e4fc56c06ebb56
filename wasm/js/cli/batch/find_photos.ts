// Photos by files, folders and patterns, always in the same order.
import { readdirSync, statSync } from 'node:fs';
import { SmoothGradError } from '../../api/errors.js';
import { readError } from '../../node/node_files.js';

const isPhoto = (path: string) => /\.(png|jpe?g|webp)$/i.test(path);
const isPattern = (text: string) => /[*?[{]/.test(text);
const isAddress = (text: string) => /^(https?|data|file):/.test(text);

const special: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]', '{': '(?:', '}': ')', ',': '|' };

/** As shells have it: `*` and `?` within a name, any folders between by `**` and a slash, [a-z], [!a-z], {one,other}. */
export function patternOf(pattern: string): RegExp {
  let depth = 0;
  const source = pattern.replace(/\*\*\/|\[!?[^\]]+\]|[\s\S]/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token.length > 1) return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    if (token === '{') depth++;
    const isOpen = depth > 0;
    if (token === '}' && isOpen) depth--;
    if ((token === '}' || token === ',') && !isOpen) return token === '}' ? '\\}' : ',';
    return special[token] ?? token.replace(/[\\^$.|+()[\]]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

const isHere = (path: string) => statSync(path, { throwIfNoEntry: false });

/** Paths of all files below a folder, with slashes, without hidden ones. */
function filesBelow(folder: string): string[] {
  const prefix = folder === '' ? '' : folder.endsWith('/') ? folder : `${folder}/`;
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .flatMap((entry) => {
        const path = `${prefix}${entry.name}`;
        const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isHere(path)?.isDirectory());
        return isFolder ? filesBelow(path) : [path];
      });
  } catch (error) {
    throw readError(folder, error);
  }
}

function matching(pattern: string): string[] {
  const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
  const matches = patternOf(pattern);
  return filesBelow(fixed.slice(0, fixed.lastIndexOf('/') + 1)).filter((path) => matches.test(path));
}

function photosOf(place: string): string[] {
  if (isAddress(place)) return [place];
  const status = isHere(place);
  // A file that is not there is one broken photo.
  if (!status?.isDirectory() && !(isPattern(place) && !status)) return [place];
  const found = status ? filesBelow(place).filter(isPhoto) : matching(place);
  if (found.length === 0) throw new SmoothGradError('not-found', `${place}: there is no photo (PNG, JPEG or WebP)`);
  return found.sort();
}

export const photosAt = (places: readonly string[]): string[] =>
  places.flatMap((place) => photosOf(place.replace(/^(\.\/+)+(?=.)/, '')));
