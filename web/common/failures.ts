// Errors in words for people.
import type { SmoothGradError } from 'smoothgrad';

/** As a sentence of its own. */
export function sentenceOf(error: unknown): string {
  const { message } = error as Error;
  return `${message[0]?.toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`;
}

/** Whether nothing works until there is another engine. */
export const engineIsGone = (error: unknown) => ['worker-lost', 'closed'].includes((error as SmoothGradError).code);
