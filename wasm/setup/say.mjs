// What the scripts tell the person who started them, on standard error: one line a step, and on a terminal a line that
// changes while it runs.
const started = Date.now();
const terminal = process.stderr.isTTY === true;
let passing = false;

const clock = () => `${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s`;

function erase() {
  if (passing) process.stderr.write('\r\x1b[K');
  passing = false;
}

/** A line that stays. */
export function say(text) {
  erase();
  console.error(`${clock()}  ${text}`);
}

/** A line that the next one replaces; not shown where output is not a terminal. */
export function sayPassing(text) {
  if (!terminal) return;
  erase();
  process.stderr.write(`${clock()}  ${text}`.slice(0, (process.stderr.columns ?? 80) - 1));
  passing = true;
}

/** Something the user has to put right; its message is all that is shown. */
export class Problem extends Error {}

/** Runs a script's body; a failure ends the process with exit code 1 and one message. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    erase();
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}
