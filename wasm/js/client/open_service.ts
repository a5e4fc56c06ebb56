// How an engine or a trainer starts: its options are checked, its service is started and opens the wasm module.

import { SmoothGradError } from '../api/errors.js';
import type { BuildName, EngineOptions } from '../api/index.js';
import { checkKnown, checkName, checkWhole } from '../options/check_values.js';
import { abortable } from '../rpc/abortable.js';
import type { Callable, Connection } from '../rpc/connection.js';
import type { EngineCalls, EngineSettings } from '../rpc/engine_calls.js';
import type { EarlyProgram } from './early_program.js';
import type { FileAccess } from './file_access.js';

export const builds: readonly BuildName[] = ['simd', 'simd-threads', 'relaxed', 'relaxed-threads'];

/** The absolute address of a file of the package, by its name from the package's root. */
export type Locate = (name: string) => string;

/** Starts a service. */
export type Connect<S extends Callable<S>> = (locate: Locate) => Promise<Connection<S>>;

/** In the package itself, or in a copy of its folder. */
export function locator(files: FileAccess, assets: string | URL | undefined): Locate {
  if (assets === undefined) return files.own;
  const folder = files.folder(assets instanceof URL ? assets.href : assets);
  return (name) => new URL(name, folder.endsWith('/') ? folder : `${folder}/`).href;
}

/** What it says of it, it says of its opening. */
const sendProgram = (connection: Connection<EngineCalls>, { bytes }: EarlyProgram) =>
  bytes.then((program) => connection.call('program', program)).catch(() => {});

/** What the service says of itself once it is open, the way to it, and to files. `nameOf` a build: of its files in `wasm/`. */
export async function openService<S extends Callable<S> & { open(settings: EngineSettings): Promise<unknown> }>(
  nameOf: (build: BuildName) => string,
  options: EngineOptions,
  files: FileAccess,
  connect: Connect<S>,
  early?: (files: EngineSettings['files']) => Promise<EarlyProgram>,
): Promise<{ info: Awaited<ReturnType<S['open']>>; connection: Connection<S>; locate: Locate }> {
  checkKnown(options, ['threads', 'build', 'assets', 'signal']);
  const { threads, build, signal } = options;
  if (threads !== undefined) checkWhole('threads', threads, 1, 64);
  if (build !== undefined) {
    checkName(
      'build',
      build,
      builds.map((name) => ({ name, title: name })),
    );
  }
  const locate = locator(files, options.assets);
  const filesOf = (name: BuildName) => ({
    name: nameOf(name),
    glue: locate(`wasm/${nameOf(name)}${files.glueEnding}`),
    wasm: locate(`wasm/${nameOf(name)}.wasm`),
  });
  const ofBuilds = Object.fromEntries(builds.map((name) => [name, filesOf(name)])) as EngineSettings['files'];
  signal?.throwIfAborted();
  const asking = early?.(ofBuilds);
  const connecting = connect(locate);
  // Nobody waits for it any more.
  const drop = () =>
    connecting.then((connection) => connection.close(new SmoothGradError('closed', 'the engine did not start')));
  try {
    const [connection, program] = await abortable(Promise.all([connecting, asking]), signal);
    const settings = {
      files: ofBuilds,
      ...(threads === undefined ? {} : { threads }),
      ...(build === undefined ? {} : { build }),
      ...(program === undefined ? {} : { early: program.build }),
    };
    const opening = connection.call('open', ...([settings] as Parameters<S['open']>));
    if (program) void sendProgram(connection as unknown as Connection<EngineCalls>, program);
    return { info: await abortable(opening as Promise<Awaited<ReturnType<S['open']>>>, signal), connection, locate };
  } catch (error) {
    drop().catch(() => {});
    throw error;
  }
}
