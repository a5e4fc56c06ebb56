// A host that answers in waves, the page being the first: to see how many requests one after another something waits for. All that is named
// of a wave has to be asked for before anything of it is answered; what is asked for after the last one never is.
import { expect } from '@playwright/test';
import type { Host } from './static_host.js';

/** What of a wave is still lacking, by what was asked for so far. */
export type Lacking = (asked: readonly string[]) => readonly string[];
/** Answers what was asked for, once nothing is lacking. What had an answer has it again: this host lets the browser keep nothing. */
type Answer = (lacking: Lacking) => Promise<void>;

/** These files. */
export const all =
  (names: readonly string[]): Lacking =>
  (asked) =>
    names.filter((name) => !asked.includes(name));

/** As many files of these endings: a bundler gives them names that nobody knows. */
export const endings =
  (wanted: readonly string[]): Lacking =>
  (asked) => {
    const left = asked.map((name) => name.split('.').at(-1));
    return wanted.filter((ending) => {
      const at = left.indexOf(ending);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };

/** Closes the host at the end. */
export async function inWaves(host: Host, follow: (answer: Answer) => Promise<void>): Promise<void> {
  let release = host.hold((name) => !name.endsWith('.html'));
  try {
    await follow(async (lacking) => {
      await expect.poll(() => lacking(host.asked)).toEqual([]);
      release();
      const answered = new Set(host.asked);
      release = host.hold((name) => !answered.has(name));
    });
  } finally {
    await host.close();
  }
}
