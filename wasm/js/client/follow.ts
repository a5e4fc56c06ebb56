// A run followed to its end: the one loop of who looks at runs.
import type { Explanation, Progress } from '../api/index.js';

/**
 * Hands each frame of a run to `frame`, one after the other, until the run is done or cancelled, or `frame` says `false`. Resolves
 * to the last one, or to nothing where there was none; rejects as the run does.
 */
export async function follow<Frame extends Progress>(
  run: Pick<Explanation<Frame>, typeof Symbol.asyncIterator>,
  frame: (progress: Frame) => unknown = () => {},
): Promise<Frame | undefined> {
  let last: Frame | undefined;
  for await (const progress of run) {
    last = progress;
    if ((await frame(progress)) === false) break;
  }
  return last;
}
