// How an engine or a trainer starts: its options are checked, its service is started and opens the wasm module.

import { SmoothGradError } from '../api/errors.js';
import type { BuildName, EngineOptions } from '../api/index.js';
import { checkKnown, checkName, checkWhole } from '../options/check_values.js';
import { abortable } from '../rpc/abortable.js';
import type { Callable, Connection } from '../rpc/connection.js';
import type { EngineSettings } from '../rpc/engine_calls.js';
import type { FileAccess } from './file_access.js';

export const builds: readonly BuildName[] = ['simd', 'simd-threads', 'relaxed', 'relaxed-threads'];

/** The package's own folder: all of its files lie in one. */
const ownFolder = new URL('./', import.meta.url);

function assetsFolder(files: Pick<FileAccess, 'folder'>, assets: string | URL | undefined): string {
  const folder = assets === undefined ? ownFolder.href : assets instanceof URL ? assets.href : files.folder(assets);
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** What the service says of itself once it is open, the way to it, and the folder of `wasm/` and `models/`. */
export async function openService<S extends Callable<S> & { open(settings: EngineSettings): Promise<unknown> }>(
  options: EngineOptions,
  files: Pick<FileAccess, 'folder'>,
  connect: () => Connection<S>,
): Promise<{ info: Awaited<ReturnType<S['open']>>; connection: Connection<S>; assets: string }> {
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
  const assets = assetsFolder(files, options.assets);
  signal?.throwIfAborted();
  const connection = connect();
  try {
    const settings = { assets, ...(threads === undefined ? {} : { threads }), ...(build === undefined ? {} : { build }) };
    const opening = connection.call('open', ...([settings] as Parameters<S['open']>));
    return { info: await abortable(opening as Promise<Awaited<ReturnType<S['open']>>>, signal), connection, assets };
  } catch (error) {
    connection.close(new SmoothGradError('closed', 'the engine did not start'));
    throw error;
  }
}
