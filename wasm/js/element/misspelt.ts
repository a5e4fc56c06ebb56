// Attributes of a <smooth-grad> that are nearly one of its own are said in the console, once each, with the nearest name.
import { distance } from 'fastest-levenshtein';
import { toKebab } from '../options/kebab.js';
import { attributes } from './attributes.js';

const own = Object.keys(attributes).map(toKebab);
/** Those of every element that are near one of its own. */
const ofAll = ['class', 'style', 'title', 'slot', 'id', 'lang', 'dir', 'hidden', 'part', 'role', 'is', 'nonce'];
const furthest = 2;
const said = new Set<string>();

/** The attribute that was meant; undefined for one that is right, or may well be somebody else's. */
export function nearestAttribute(name: string): string | undefined {
  if (own.includes(name) || ofAll.includes(name) || /^(data|aria|on)|[^a-z-]/.test(name)) return undefined;
  const [nearest] = [...own].sort((a, b) => distance(name, a) - distance(name, b));
  return nearest !== undefined && distance(name, nearest) <= Math.min(furthest, Math.ceil(name.length / 3))
    ? nearest
    : undefined;
}

export function warnOfMisspelt(element: Element): void {
  for (const name of element.getAttributeNames()) {
    const meant = nearestAttribute(name);
    if (meant === undefined || said.has(name)) continue;
    said.add(name);
    console.warn(`<smooth-grad> has no attribute "${name}": did you mean "${meant}"?`);
  }
}
