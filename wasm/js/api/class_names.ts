// Classes by what somebody typed of their names. "tiger cat, Felis tigris" are two names of one class.

const isInWord = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** From the best fit to the least; a name is as it was typed, in small letters. */
const fits: readonly ((name: string, wanted: string) => boolean)[] = [
  (name, wanted) => name === wanted,
  (name, wanted) => synonymsOf(name).includes(wanted),
  (name, wanted) => name.startsWith(wanted),
  (name, wanted) => synonymsOf(name).some((synonym) => synonym.startsWith(wanted)),
  beginsAWord,
  (name, wanted) => name.includes(wanted),
];

const synonymsOf = (name: string) => name.split(',').map((synonym) => synonym.trim());

function beginsAWord(name: string, wanted: string): boolean {
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) if (!isInWord(name[at - 1])) return true;
  return false;
}

/** How well a name fits what was typed: 0 is the name itself, 1 one of its synonyms; undefined where it does not. */
export function fitOf(name: string, typed: string): number | undefined {
  const [small, wanted] = [name.toLowerCase(), typed.trim().toLowerCase()];
  const fit = fits.findIndex((test) => test(small, wanted));
  return fit < 0 ? undefined : fit;
}

/**
 * The indices of the classes whose names fit what was typed: the name itself first, then one of its synonyms (after a comma), then
 * beginnings of names, then beginnings of words, then all that contain it; among equals in their order. All of them where nothing was typed.
 */
export function searchClasses(names: readonly string[], typed: string): number[] {
  const found = names.flatMap((name, index) => {
    const fit = fitOf(name, typed);
    return fit === undefined ? [] : [{ index, fit }];
  });
  return found.sort((a, b) => a.fit - b.fit).map(({ index }) => index);
}
