// Who may use the lanes: explanations take turns, each with all of them; one that is alone keeps them.

import type { Running } from './held_run.js';
import type { Platform } from './runtime.js';
import type { WasmModule, WasmRun } from './wasm_module.js';

const sliceMs = 400;

interface Turn {
  running: Running;
  run: WasmRun;
}

export class Lanes {
  readonly #module: WasmModule;
  readonly #platform: Platform;
  readonly #threads: number;
  readonly #queue: Turn[] = [];
  #driving = false;

  /** threads 0: passes are made on this thread, between messages. */
  constructor(module: WasmModule, platform: Platform, threads: number) {
    this.#module = module;
    this.#platform = platform;
    this.#threads = threads;
  }

  add(running: Running, run: WasmRun): void {
    if (this.#queue.some((turn) => turn.run === run)) return;
    this.#queue.push({ running, run });
    if (!this.#driving) void this.#drive();
  }

  /** Stops it within one pass and frees what its lanes hold. */
  remove(run: WasmRun): void {
    const at = this.#queue.findIndex((turn) => turn.run === run);
    if (at >= 0) this.#queue.splice(at, 1);
    run.stop();
  }

  async #drive(): Promise<void> {
    this.#driving = true;
    for (let turn = this.#queue[0]; turn; turn = this.#queue[0]) {
      try {
        await this.#take(turn);
      } catch (error) {
        this.remove(turn.run);
        turn.running.fail(error);
      }
    }
    this.#driving = false;
  }

  /** One turn: until it is done or removed, or others wait and the slice is over. */
  async #take(turn: Turn): Promise<void> {
    const { running, run } = turn;
    const has = () => this.#queue[0] === turn;
    await this.#lanesFree(has);
    if (!has()) return;
    if (this.#threads > 0) run.start(this.#threads);
    const end = performance.now() + sliceMs;
    while (has() && !run.progress().done && (this.#queue.length === 1 || performance.now() < end)) {
      if (this.#threads === 0) run.step();
      running.poke();
      await this.#pass();
    }
    if (!has()) return;
    this.remove(run);
    if (run.progress().done) running.poke();
    else this.#queue.push(turn);
  }

  async #pass(): Promise<void> {
    if (this.#threads === 0) await this.#platform.nextTurn();
    else await new Promise((resolve) => setTimeout(resolve, this.#platform.frameMs / 2));
  }

  /** Threads that ended are back in the pool only after a turn of the event loop; a new one must not wait for a new worker. */
  async #lanesFree(wanted: () => boolean): Promise<void> {
    const unused = () => this.#module.PThread?.unusedWorkers.length ?? 0;
    while (wanted() && unused() < this.#threads) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
