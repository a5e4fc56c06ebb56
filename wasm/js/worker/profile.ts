// Where time goes: passes timed step by step, and the peak that they are held against.
import type { ProfiledStep } from '../api/index.js';
import type { Runtime } from './runtime.js';
import type { WasmModel, WasmModule } from './wasm_module.js';

const peakRounds = 20_000;
const peakMs = 60;

/** GFLOP/s of multiply-adds on one core: the best slice of some tens of milliseconds, once V8 has compiled it well. */
export async function measurePeak(module: WasmModule, runtime: Runtime): Promise<number> {
  let best = 0;
  const end = performance.now() + peakMs;
  for (let begin = performance.now(); begin < end; begin = performance.now()) {
    // Long enough for a clock of 0.1 ms.
    let operations = 0;
    let elapsed = 0;
    while (elapsed < 2) {
      operations += module.peakWork(peakRounds);
      elapsed = performance.now() - begin;
    }
    best = Math.max(best, operations / elapsed / 1e6);
    await runtime.nextTurn();
  }
  return best;
}

/** Means of `passes` passes: the clock of a page that is not isolated is coarse. Other work has its turn between them. */
export async function profile(
  wasm: () => WasmModel,
  runtime: Runtime,
  input: Float32Array,
  target: number,
  passes: number,
): Promise<ProfiledStep[]> {
  const sums = wasm().profile(input, target);
  for (let pass = 1; pass < passes; ++pass) {
    await runtime.nextTurn();
    for (const [i, { forwardMs, backwardMs }] of wasm().profile(input, target).entries()) {
      const sum = sums[i] as ProfiledStep;
      sum.forwardMs += forwardMs;
      sum.backwardMs += backwardMs;
    }
  }
  return sums.map((sum) => ({ ...sum, forwardMs: sum.forwardMs / passes, backwardMs: sum.backwardMs / passes }));
}
