// Errors in words for people.
import type { SmoothGradError } from 'smoothgrad';

/** As a sentence of its own. */
export function sentenceOf(error: unknown): string {
  const sentence = `${(error as Error).message.replace(/\.$/, '')}.`;
  // Addresses and names of files stay as they are.
  return sentence.replace(/^[a-z]+(?=[ ',])/, (word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
}

/** Whether nothing works until there is another engine. */
export const engineIsGone = (error: unknown) => ['worker-lost', 'closed'].includes((error as SmoothGradError).code);
