// How long a grid still takes, in words that do not pretend to know more than they do.
import { text } from '../common/texts.js';

/** "about 40 s left": steps of five seconds, from two minutes on whole minutes. */
export function timeLeft(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 5) return text('left.few');
  if (seconds < 120) return text('left.seconds', { count: Math.ceil(seconds / 5) * 5 });
  return text('left.minutes', { count: Math.round(seconds / 60) });
}
