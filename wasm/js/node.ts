// The package in Node: the service on the caller's thread, its lanes on threads of their own.
import type { Engine, EngineOptions } from './api/index.js';
import { openEngine } from './client/engine_client.js';
import { nodeFiles } from './node/node_files.js';
import { nodeRuntime } from './node/node_runtime.js';
import type { EngineCalls } from './rpc/engine_calls.js';
import { connectHere } from './rpc/same_thread.js';
import { EngineService } from './worker/engine_service.js';

export { searchClasses } from './api/class_names.js';
export { composePair } from './api/compose_pair.js';
export { SmoothGradError } from './api/errors.js';
export type * from './api/index.js';
export { formatNpy, parseNpy } from './api/npy.js';
export { describePreprocessing, presets } from './api/preprocessing.js';
export { isSampled } from './api/progress.js';
export { probabilitiesOf, rankClasses, softmax } from './api/scores.js';
export { largestPhoto } from './api/sources.js';
export { follow } from './client/follow.js';
export { conventionOptions, withConvention } from './options/convention.js';
export { affectsOf, concerns, entriesOf, optionNames } from './options/kinds.js';
export { fewestToDenoise, isDenoised } from './options/magnitudes.js';
export type { Affects, Option } from './options/option.js';
export { drawingOptions, type OptionName, runOptions, scoreOptions, untilOptions } from './options/table.js';

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return openEngine(options, nodeFiles, async () => connectHere<EngineCalls>(new EngineService(nodeRuntime)));
}
