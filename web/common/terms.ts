// The words of the site: what a control is called on every page, what that means in plain language, and where there is more of it. A
// label takes its term by the id of its control, or by `data-term`. Texts: web/texts/*/terms.ts.
import { words } from '../texts/en.js';
import { type Key, text } from './texts.js';

export interface Term {
  /** As it stands on every page. */
  name: string;
  /** Two or three sentences for who has never heard of it. */
  text: string;
  more?: { href: string; title: string };
}

const links = {
  answer: './guide.html#answer',
  copies: './guide.html#copies',
  settle: './guide.html#settle',
  path: './guide.html#path',
  gate: './guide.html#gate',
  training: './guide.html#training',
  pair: './pair.html',
  results: './results.html',
} as const;

/** Where there is more of a term. */
const more: Readonly<Record<string, keyof typeof links>> = {
  model: 'answer',
  class: 'answer',
  versus: 'pair',
  difference: 'pair',
  method: 'copies',
  noise: 'copies',
  samples: 'settle',
  convention: 'results',
  baseline: 'path',
  steps: 'path',
  antithetic: 'results',
  randomised: 'gate',
  key: 'answer',
  magnitude: 'results',
  window: 'results',
  reduction: 'copies',
  until: 'settle',
  converged: 'settle',
  relativeError: 'settle',
  correctedError: 'settle',
  denoisedError: 'results',
  agreement: 'settle',
  keepsClass: 'copies',
  trainingNoise: 'training',
  visualNoise: 'results',
};

type TermName = Key extends infer K ? (K extends `term.${infer Name}.text` ? Name : never) : never;

export const termNames = Object.keys(words).flatMap((key) => key.match(/^term\.(\w+)\.text$/)?.[1] ?? []);

const isTerm = (name: string): name is TermName => termNames.includes(name);

export function termOf(name: string): Term | undefined {
  if (!isTerm(name)) return undefined;
  const link = more[name];
  return {
    name: text(`term.${name}`),
    text: text(`term.${name}.text`),
    ...(link ? { more: { href: links[link], title: text(`term.more.${link}`) } } : {}),
  };
}
