// What <smooth-grad> says, in the languages that it knows: few words, so that all of them come with it.
import type { ErrorCode } from '../../api/index.js';
import type { State } from '../words.js';
import { english } from './en.js';
import { japanese } from './ja.js';

export interface Texts {
  play: string;
  pause: string;
  retry: string;
  empty: string;
  preparing: string;
  /** Of scaled maps, below a map. */
  scaled: string;
  /** What a state adds to the rest. */
  after: Partial<Record<State, string>>;
  /** What the key is called. */
  key: string;
  /** Between what is said to a screen reader. */
  comma: string;
  classNumber(index: number): string;
  /** Of a class, and of one that it is told apart from. */
  speaks(target: string, versus?: string): string;
  difference(target: string, versus?: string): string;
  count(done: number, goal: number, unit: string): string;
  /** What is said of an error: its message, which is English, after what it means. */
  failed(code: ErrorCode, message: string): string;
}

const known: Readonly<Record<string, Texts>> = { en: english, ja: japanese };

/** That of the nearest element with one, also around shadow trees that a node is in. */
export function languageOf(node: Element): string | undefined {
  const nearest = node.closest('[lang]');
  if (nearest) return nearest.getAttribute('lang') ?? undefined;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : undefined;
}

export const textsFor = (node: Element): Texts => known[languageOf(node)?.slice(0, 2).toLowerCase() ?? 'en'] ?? english;
