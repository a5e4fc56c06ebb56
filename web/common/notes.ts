// What the engine remarks, in the page's language: it speaks English itself.
import { sentenceOf } from './failures.js';
import { translation } from './language.js';

type Phrases = readonly (readonly [from: string, to: string])[];

const patternOf = (from: string) =>
  new RegExp(`^${from.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll('{}', '(.+?)')}$`);

/** As the first phrase that fits has it, gaps too; undefined where none does. */
export function translateNote(note: string, phrases: Phrases): string | undefined {
  for (const [from, to] of phrases) {
    const found = patternOf(from).exec(note);
    if (!found) continue;
    return to.replaceAll(/{(\d)}/g, (_, at: string) => {
      const gap = found[Number(at)] ?? '';
      return translateNote(gap, phrases) ?? gap;
    });
  }
  return undefined;
}

/** As a sentence of its own. */
export const noteSentence = (message: string): string =>
  (translation && translateNote(message, translation.notes)) ?? sentenceOf({ message });
