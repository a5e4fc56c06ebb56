// Errors in words for people.
import type { SmoothGradError } from 'smoothgrad';
import { language } from './language.js';
import { nameOf, text } from './texts.js';

/** As a sentence of its own; one of the engine's, which speaks English, after what it means in the page's language. */
export function sentenceOf(error: unknown): string {
  const { code, message } = error as SmoothGradError;
  const meaning = code === undefined ? '' : nameOf('failure', code, '');
  if (meaning !== '') return text('failure', { meaning, message });
  if (language !== 'en') return `${message.replace(/[.。]$/, '')}。`;
  const sentence = `${message.replace(/\.$/, '')}.`;
  // Addresses and names of files stay as they are.
  return sentence.replace(/^[a-z]+(?=[ ',])/, (word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
}

/** The same within a sentence. */
export function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return language === 'en' ? message.replace(/\.$/, '') : sentenceOf(error).replace(/。$/, '');
}

/** Whether nothing works until there is another engine. */
export const engineIsGone = (error: unknown) => ['worker-lost', 'closed'].includes((error as SmoothGradError).code);
