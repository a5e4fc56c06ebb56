// Picks the fastest build that runs here and makes an instance of it.
import { exceptions, relaxedSimd, simd } from 'wasm-feature-detect';
import { badOption, SmoothGradError } from '../api/errors.js';
import type { BuildName } from '../api/index.js';
import type { BuildFiles, EngineSettings } from '../rpc/engine_calls.js';
import type { Runtime } from './runtime.js';
import type { WasmFactory } from './wasm_module.js';
import { ThreadError } from './watched_start.js';

export interface Loaded<Module> {
  module: Module;
  build: BuildName;
  threads: number;
  singleThreadReason?: string;
  fewerThreadsReason?: string;
  /** What its memory can grow to, in bytes. */
  memoryLimit: number;
}

const defaultThreads = 8;
const page = 2 ** 16;
const gigabyte = 2 ** 30;
/** As -sINITIAL_MEMORY and -sMAXIMUM_MEMORY say. */
const initialPages = 2 ** 26 / page;
const mostMemory = 4 * gigabyte;

/** Of shared memory all that it may grow to is reserved, though not taken, at the start. */
function sharedMemory(): { wasmMemory: WebAssembly.Memory; memoryLimit: number } {
  for (const memoryLimit of [mostMemory, 2 * gigabyte, gigabyte, gigabyte / 2, gigabyte / 4]) {
    try {
      const wasmMemory = new WebAssembly.Memory({ initial: initialPages, maximum: memoryLimit / page, shared: true });
      return { wasmMemory, memoryLimit };
    } catch {
      // Phones refuse to reserve much: try the next.
    }
  }
  throw new SmoothGradError('out-of-memory', 'there is no memory for the engine: close other pages and try again');
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** Undefined where there is nothing to compile, or it is damaged: then the glue fetches it, and says why not. */
const compile = (bytes: Uint8Array | undefined) =>
  bytes && WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);

/** In place of the glue's own fetching and compiling. */
const instantiating = (compiled: WebAssembly.Module, failed: (error: unknown) => void) => ({
  instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
    WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled), failed);
    return {};
  },
});

/** Where the glue leaves what it exports, by the program's name: Parcel makes a script of it, which exports nothing (wasm/tasks/programs.mjs). */
const handedOver = Symbol.for('smoothgrad glue');

async function importGlue<Module>({ name, glue }: BuildFiles): Promise<WasmFactory<Module>> {
  // As it is: a bundler would take it apart.
  const exported = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ glue);
  const left = globalThis as { [handedOver]?: Record<string, WasmFactory<Module>> };
  return exported.default ?? left[handedOver]?.[name];
}

/** What a threaded build is given. */
type Shared = { wasmMemory?: WebAssembly.Memory; pthreadPoolSize?: number };

async function instantiate<Module>(
  files: BuildFiles,
  shared: Shared,
  early: Promise<Uint8Array | undefined> | undefined,
): Promise<Module> {
  let aborted: unknown;
  try {
    const [make, compiled] = await Promise.all([importGlue<Module>(files), early?.then(compile)]);
    const quiet = { print: () => {}, printErr: () => {}, onAbort: (what: unknown) => (aborted = what) };
    const options = { ...shared, ...quiet, locateFile: () => files.wasm };
    const making = compiled
      ? new Promise<Module>((made, failed) => {
          make({ ...options, ...instantiating(compiled, failed) }).then(made, failed);
        })
      : make(options);
    return await making;
  } catch (error) {
    if (error instanceof SmoothGradError) throw error;
    const reason = String(aborted ?? (error as Error).message);
    throw new SmoothGradError('not-found', `${files.glue} could not be started: ${reason}`, { cause: error });
  }
}

/** Throws when a build that was asked for cannot run here. */
function checkBuild(build: BuildName, hasRelaxed: boolean, noThreads: string | undefined): void {
  if (build.startsWith('relaxed') && !hasRelaxed) {
    throw badOption(`build ${build} needs relaxed SIMD, which is not available here: choose simd or simd-threads`);
  }
  if (build.endsWith('threads') && noThreads !== undefined) throw badOption(`build ${build} cannot run here: ${noThreads}`);
}

/** `program`: that of the build `settings.early`, which the caller reads. */
export async function loadModule<Module>(
  settings: EngineSettings,
  runtime: Runtime,
  program?: Promise<Uint8Array | undefined>,
): Promise<Loaded<Module>> {
  runtime.prepare();
  const [hasSimd, hasExceptions, hasRelaxed] = await Promise.all([simd(), exceptions(), relaxedSimd()]);
  if (!hasSimd || !hasExceptions) {
    throw new SmoothGradError(
      'unsupported-platform',
      'WebAssembly here lacks SIMD or exceptions: use a browser from 2022 or later',
    );
  }
  const noThreads = runtime.singleThreadReason();
  const make = (build: BuildName, shared: Shared = {}) =>
    instantiate<Module>(settings.files[build], shared, build === settings.early ? program : undefined);
  const start = async (build: BuildName, singleThreadReason: string): Promise<Loaded<Module>> => ({
    ...{ module: await make(build), memoryLimit: mostMemory, build, threads: 1, singleThreadReason },
  });
  /** Where threads do not start, with half of them, and so on. */
  const startThreads = async (build: BuildName): Promise<Loaded<Module>> => {
    const wanted = settings.threads ?? Math.min(runtime.cores, defaultThreads);
    let refused: ThreadError | undefined;
    for (let threads = wanted; ; threads = Math.ceil(threads / 2)) {
      const { wasmMemory, memoryLimit } = sharedMemory();
      try {
        const begin = () => make(build, { wasmMemory, pthreadPoolSize: threads });
        const module = await runtime.startThreads(settings.files[build].glue, begin);
        const reason =
          refused && `There are ${threads} threads, not ${wanted}, of which one did not start: ${refused.message}.`;
        return { module, memoryLimit, build, threads, ...(reason === undefined ? {} : { fewerThreadsReason: reason }) };
      } catch (error) {
        if (!(error instanceof ThreadError) || threads <= 2) throw error;
        refused = error;
      }
    }
  };

  if (settings.build !== undefined) {
    checkBuild(settings.build, hasRelaxed, noThreads);
    if (settings.build.endsWith('threads')) return startThreads(settings.build);
    if ((settings.threads ?? 1) > 1) {
      throw badOption(`build ${settings.build} has one thread, not ${settings.threads}: choose ${settings.build}-threads`);
    }
    return start(settings.build, 'A build without threads was asked for.');
  }
  const kind = hasRelaxed ? 'relaxed' : 'simd';
  const reason = noThreads ?? (settings.threads === 1 ? 'One thread was asked for.' : undefined);
  if (reason !== undefined) return start(kind, reason);
  try {
    return await startThreads(`${kind}-threads`);
  } catch (error) {
    return start(kind, `Threads could not be started: ${(error as Error).message}.`);
  }
}
