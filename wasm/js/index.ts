// The package in a browser: the engine in a module worker or, where none may start, on the page's own thread.
import type { Engine, EngineOptions } from './api/index.js';
import { browserFiles } from './client/browser_files.js';
import { fetchEarly } from './client/early_program.js';
import { openEngine } from './client/engine_client.js';
import { engineFiles } from './client/engine_files.js';
import { packages } from './client/packages_by_name.js';
import { startService } from './client/start_service.js';

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

/** Starts the engine. Rejects with a SmoothGradError (`bad-option`, `not-found`, `worker-lost`, `out-of-memory`) or the signal's reason. */
export function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const here = async (reason: string) => (await import('./on_page.js')).engineHere(reason);
  return openEngine(
    options,
    browserFiles(engineFiles, packages),
    (locate) => startService(locate('worker.js'), 'smoothgrad', here),
    fetchEarly,
  );
}
