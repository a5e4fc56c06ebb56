// The one class that owns the trainer's wasm module and the training under way. Runs in a worker, or in Node directly.
import { SmoothGradError } from '../api/errors.js';
import type { EngineSettings } from '../rpc/engine_calls.js';
import { loadModule } from '../worker/load_module.js';
import type { Runtime } from '../worker/runtime.js';
import type { TrainerInfo, TrainerService, TrainingInput, TrainingSettings } from './trainer_calls.js';
import type { WasmTrainerModule, WasmTraining } from './wasm_trainer.js';

interface Current {
  id: number;
  wasm: WasmTraining;
  stopped: boolean;
  /** The stepping, or the start of the lanes. */
  driven: Promise<void>;
  failure?: unknown;
}

export class WasmTrainerService implements TrainerService {
  readonly #runtime: Runtime;
  #module: WasmTrainerModule | undefined;
  #threads = 0;
  #current: Current | undefined;
  #lastReport = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async open(settings: EngineSettings): Promise<TrainerInfo> {
    const { module, memoryLimit: _, ...info } = await loadModule<WasmTrainerModule>(settings, this.#runtime);
    this.#module = module;
    this.#threads = module.PThread ? info.threads : 0;
    return info;
  }

  /** Frees everything, at once; for who has no worker to terminate. */
  close(): void {
    this.#end();
    this.#module?.PThread?.terminateAllThreads();
    this.#module = undefined;
  }

  async train(training: number, digits: TrainingInput, settings: TrainingSettings) {
    if (!this.#module) throw new SmoothGradError('closed', 'the trainer has been closed');
    this.#end();
    const wasm = this.#module.makeTraining(digits, settings);
    const current = { id: training, wasm, stopped: false, driven: Promise.resolve() };
    this.#current = current;
    this.#drive(current);
  }

  async next(training: number, seen: string) {
    const rest = this.#lastReport + this.#runtime.frameMs - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    for (;;) {
      const current = this.#current;
      if (current?.id !== training || current.stopped) return undefined;
      if (current.failure !== undefined) throw current.failure;
      const progress = current.wasm.progress();
      const key = `${progress.step} ${progress.epoch}`;
      if (key !== seen && progress.step > 0) {
        this.#lastReport = performance.now();
        return { seen: key, progress };
      }
      await new Promise((resolve) => setTimeout(resolve, this.#runtime.frameMs / 2));
    }
  }

  async stop(training: number) {
    if (this.#current?.id !== training) return;
    this.#current.stopped = true;
    this.#current.wasm.stop();
  }

  async goOn(training: number) {
    const current = this.#get(training);
    if (!current.stopped) return;
    current.stopped = false;
    this.#drive(current);
  }

  async model(training: number): Promise<Uint8Array> {
    return this.#get(training).wasm.model();
  }

  #get(training: number): Current {
    if (this.#current?.id !== training) throw new SmoothGradError('closed', 'this training was closed, or another began');
    return this.#current;
  }

  /** One at a time. */
  #drive(current: Current): void {
    current.driven = current.driven.then(() => this.#go(current));
  }

  /** Steps on this thread between messages, where there are no others. */
  async #go(current: Current): Promise<void> {
    const goesOn = () => this.#current === current && !current.stopped;
    try {
      await this.#lanesFree(goesOn);
      if (goesOn() && this.#threads > 0) return current.wasm.start(this.#threads);
      while (goesOn() && current.wasm.step()) await this.#runtime.nextTurn();
    } catch (error) {
      current.failure = error;
    }
  }

  /** Threads that ended are back in the pool only after a turn of the event loop; a new one must not wait for a new worker. */
  async #lanesFree(wanted: () => boolean): Promise<void> {
    const unused = () => this.#module?.PThread?.unusedWorkers.length ?? 0;
    while (wanted() && unused() < this.#threads) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  #end(): void {
    this.#current?.wasm.delete();
    this.#current = undefined;
  }
}
