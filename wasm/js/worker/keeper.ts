// When a run is saved for its caller, who has it when this side is lost: not so often that it would cost much, and at every rest.
import type { Frame } from '../rpc/engine_calls.js';
import type { AnyRun } from './wasm_module.js';

const restMs = 1000;
/** Times what it cost. */
const restTimes = 50;

export class Keeper {
  /** A single one is soon made again. */
  #samples = 1;
  #due = 0;
  readonly #afterMs: number;

  /** Nothing of a run that has computed for less is kept. */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** What is to be kept now, if anything. */
  keep(run: AnyRun, isRunning: boolean): Pick<Frame, 'kept'> {
    const { samples, elapsedMs } = run.progress();
    const begin = performance.now();
    if (elapsedMs < this.#afterMs) return {};
    if (!('save' in run) || samples <= this.#samples || (isRunning && begin < this.#due)) return {};
    const kept = run.save();
    const end = performance.now();
    this.#samples = samples;
    this.#due = end + Math.max(restMs, restTimes * (end - begin));
    return { kept };
  }
}
