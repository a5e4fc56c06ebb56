// Whose each byte of a module is: the family of the source that it was compiled from. Code of the standard library's templates
// within a function counts as what stands before it in that function (or else behind), since that uses it; a function that is
// all of them is the library's.
import { relative, resolve } from 'node:path';
import { familyOf, libraries, templates } from './families.mjs';

/** The places of the map within a function. */
function within(marks, { start, end }) {
  let low = 0;
  for (let high = marks.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (marks[middle].at < start) low = middle + 1;
    else high = middle;
  }
  let after = low;
  while (after < marks.length && marks[after].at < end) ++after;
  return marks.slice(low, after);
}

/** [{family, start, end}] of a function's bytes. */
function piecesOf(piece, marks) {
  const own = within(marks, piece);
  if (own.length === 0) return [{ ...piece, family: libraries }];
  let family = own.find((mark) => mark.family)?.family ?? templates;
  const pieces = [{ start: piece.start, end: piece.end, family }];
  for (const mark of own) {
    if (!mark.family || mark.family === family) continue;
    family = mark.family;
    pieces.at(-1).end = mark.at;
    pieces.push({ start: mark.at, end: piece.end, family });
  }
  return pieces;
}

/**
 * Bytes by family, of all that is not custom. `marks`: the source map; `folder`: what its paths start from; `root`: what those
 * of families do.
 */
export function ownersOf({ sections, functions }, marks, folder, root) {
  const known = new Map();
  const familyOfSource = (source) => {
    if (!known.has(source)) known.set(source, source && familyOf(relative(root, resolve(folder, source))));
    return known.get(source);
  };
  const named = marks.map(({ at, source }) => ({ at, family: familyOfSource(source) }));
  const code = functions.flatMap((each) => piecesOf(each, named));
  const rest = sections.filter(({ id, name }) => id !== 0 && name !== 'code');
  return [...code, ...rest.map(({ start, end, name }) => ({ start, end, family: otherSections[name] ?? declarations }))];
}

const declarations = 'Declarations: types, imports, exports';
const otherSections = { data: 'Data: texts, tables of operators and of names', elements: 'Tables of functions' };
