// Picks the fastest build that runs here and makes an instance of it.
import { exceptions, relaxedSimd, simd } from 'wasm-feature-detect';
import { badOption, SmoothGradError } from '../api/errors.js';
import type { BuildName } from '../api/index.js';
import type { BuildFiles, EngineSettings } from '../rpc/engine_calls.js';
import type { Runtime } from './runtime.js';
import type { WasmFactory } from './wasm_module.js';

export interface Loaded<Module> {
  module: Module;
  build: BuildName;
  threads: number;
  singleThreadReason?: string;
}

const defaultThreads = 8;
/** As -sINITIAL_MEMORY says. */
const initialPages = (64 * 2 ** 20) / 65536;

function sharedMemory(runtime: Runtime): WebAssembly.Memory {
  for (const bytes of runtime.sharedMemory) {
    try {
      return new WebAssembly.Memory({ initial: initialPages, maximum: bytes / 65536, shared: true });
    } catch {
      // Phones refuse to reserve much: try the next.
    }
  }
  throw new SmoothGradError('out-of-memory', 'there is no memory for the engine: close other pages and try again');
}

async function instantiate<Module>(
  { glue, wasm }: BuildFiles,
  threaded: boolean,
  threads: number,
  runtime: Runtime,
): Promise<Module> {
  if (threaded) runtime.prepareThreads(glue);
  const shared = threaded ? { wasmMemory: sharedMemory(runtime), pthreadPoolSize: threads } : {};
  let aborted: unknown;
  try {
    // As it is: a bundler would take it apart.
    const { default: make } = (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ glue)) as {
      default: WasmFactory<Module>;
    };
    const quiet = { print: () => {}, printErr: () => {}, onAbort: (what: unknown) => (aborted = what) };
    return await make({ ...shared, ...quiet, locateFile: () => wasm });
  } catch (error) {
    if (error instanceof SmoothGradError) throw error;
    const reason = String(aborted ?? (error as Error).message);
    throw new SmoothGradError('not-found', `${glue} could not be started: ${reason}`, { cause: error });
  }
}

/** Throws when a build that was asked for cannot run here. */
function checkBuild(build: BuildName, hasRelaxed: boolean, noThreads: string | undefined): void {
  if (build.startsWith('relaxed') && !hasRelaxed) {
    throw badOption(`build ${build} needs relaxed SIMD, which is not available here: choose simd or simd-threads`);
  }
  if (build.endsWith('threads') && noThreads !== undefined) throw badOption(`build ${build} cannot run here: ${noThreads}`);
}

export async function loadModule<Module>(settings: EngineSettings, runtime: Runtime): Promise<Loaded<Module>> {
  runtime.prepare();
  const [hasSimd, hasExceptions, hasRelaxed] = await Promise.all([simd(), exceptions(), relaxedSimd()]);
  if (!hasSimd || !hasExceptions) {
    throw new SmoothGradError(
      'unsupported-platform',
      'WebAssembly here lacks SIMD or exceptions: use a browser from 2022 or later',
    );
  }
  const noThreads = runtime.singleThreadReason();
  const start = async (build: BuildName, reason: string | undefined): Promise<Loaded<Module>> => {
    const threaded = build.endsWith('threads');
    const threads = threaded ? (settings.threads ?? Math.min(runtime.cores, defaultThreads)) : 1;
    const module = await instantiate<Module>(settings.files[build], threaded, threads, runtime);
    return { module, build, threads, ...(reason === undefined ? {} : { singleThreadReason: reason }) };
  };

  if (settings.build !== undefined) {
    checkBuild(settings.build, hasRelaxed, noThreads);
    const threaded = settings.build.endsWith('threads');
    if (!threaded && (settings.threads ?? 1) > 1) {
      throw badOption(`build ${settings.build} has one thread, not ${settings.threads}: choose ${settings.build}-threads`);
    }
    return start(settings.build, threaded ? undefined : 'A build without threads was asked for.');
  }
  const kind = hasRelaxed ? 'relaxed' : 'simd';
  const reason = noThreads ?? (settings.threads === 1 ? 'One thread was asked for.' : undefined);
  if (reason !== undefined) return start(kind, reason);
  try {
    return await start(`${kind}-threads`, undefined);
  } catch (error) {
    return start(kind, `Threads could not be started: ${(error as Error).message}.`);
  }
}
