// A run that has begun: what it is of, and what there is of it so far.
import { badOption } from '../api/errors.js';
import type { RawMap, RawTensor } from '../api/index.js';
import type { LookSettings } from '../options/settings.js';
import type { RunStart } from '../rpc/engine_calls.js';
import { sizeOf } from './model_store.js';
import type { Input } from './photo_store.js';
import type { AnyRun, WasmSampledRun } from './wasm_module.js';

/** Made once the photo is decoded and the target known. */
export interface Started extends RunStart {
  run: AnyRun;
  input: Input;
  difference: string;
}

const scaled = 'scaled';

/** One channel of what it has so far. Hurried: of a few samples before will do, where it costs as much as a sample. */
export const mapOf = ({ run, input }: Started, look: LookSettings, hurried?: true): RawMap => ({
  ...sizeOf(input.shape),
  map: run.map(hurried ? { ...look, hurried } : look),
  signed: run.isSigned(look),
});

/** What samples alone have. */
export function sampledOf({ run }: Started, what: string): WasmSampledRun {
  if ('attribution' in run) return run;
  throw badOption(`${what} is of samples, and this method is not made of any`);
}

/** As its shape, of both classes where the difference is scaled. */
export function attributionOf(started: Started, read: (run: WasmSampledRun) => Float32Array): RawTensor {
  const data = read(sampledOf(started, 'an attribution'));
  return { shape: [started.difference === scaled ? 2 : 1, ...started.input.shape.slice(1)], data };
}
