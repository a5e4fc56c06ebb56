// Who may use the lanes: runs take turns, each with all of them; one that is alone keeps them.

import type { HeldRun } from './held_run.js';
import type { Runtime } from './runtime.js';
import type { AnyRun, WasmModule } from './wasm_module.js';

const sliceMs = 400;

interface Turn {
  held: HeldRun;
  run: AnyRun;
}

export class Turns {
  readonly #module: WasmModule;
  readonly #runtime: Runtime;
  readonly #threads: number;
  readonly #queue: Turn[] = [];
  #driving = false;

  /** threads 0: passes are made on this thread, between messages. */
  constructor(module: WasmModule, runtime: Runtime, threads: number) {
    this.#module = module;
    this.#runtime = runtime;
    this.#threads = threads;
  }

  add(held: HeldRun, run: AnyRun): void {
    if (this.#queue.some((turn) => turn.run === run)) return;
    this.#queue.push({ held, run });
    if (!this.#driving) void this.#drive();
  }

  /** Stops it within one pass and frees what its lanes hold. */
  remove(run: AnyRun): void {
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
        turn.held.fail(error);
      }
    }
    this.#driving = false;
  }

  /** One turn: until it is done or removed, or others wait and the slice is over. */
  async #take(turn: Turn): Promise<void> {
    const { held, run } = turn;
    const has = () => this.#queue[0] === turn;
    await this.#lanesFree(has);
    if (!has()) return;
    const onLanes = this.#threads > 0 && 'start' in run;
    if (onLanes) run.start(this.#threads);
    const end = performance.now() + sliceMs;
    while (has() && !run.progress().done && (this.#queue.length === 1 || performance.now() < end)) {
      if (!onLanes) run.step();
      held.poke();
      await this.#pass(onLanes);
    }
    if (!has()) return;
    this.remove(run);
    if (run.progress().done) held.poke();
    else this.#queue.push(turn);
  }

  async #pass(onLanes: boolean): Promise<void> {
    if (!onLanes) await this.#runtime.nextTurn();
    else await new Promise((resolve) => setTimeout(resolve, this.#runtime.frameMs / 2));
  }

  /** Threads that ended are back in the pool only after a turn of the event loop; a new one must not wait for a new worker. */
  async #lanesFree(wanted: () => boolean): Promise<void> {
    const unused = () => this.#module.PThread?.unusedWorkers.length ?? 0;
    while (wanted() && unused() < this.#threads) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
