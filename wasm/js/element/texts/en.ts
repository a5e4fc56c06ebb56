// What <smooth-grad> says in English.
import type { Texts } from './texts.js';

const quoted = (words: string, minus: string, target: string, versus?: string) =>
  versus === undefined ? `${words} "${target}"` : `${words} "${target}" ${minus} "${versus}"`;

export const english: Texts = {
  play: 'Play',
  pause: 'Pause',
  retry: 'Try again',
  empty: 'No photo',
  preparing: 'Map in preparation',
  scaled: 'scaled maps',
  after: { error: 'stopped by an error', paused: 'paused' },
  key: 'Colour key',
  comma: ', ',
  classNumber: (index) => `class ${index}`,
  speaks: (target, versus) => quoted('What speaks for', 'rather than', target, versus),
  difference: (target, versus) => quoted('Scaled map of', 'minus that of', target, versus),
  count: (done, goal, unit) => `${done} of ${goal} ${unit}`,
  failed: (_, message) => message,
};
