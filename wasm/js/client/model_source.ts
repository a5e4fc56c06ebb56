// Where a model comes from: a shipped name, an address, or bytes; and the files beside it.

import { SmoothGradError } from '../api/errors.js';
import type { ModelFiles } from '../rpc/engine_calls.js';
import { handOver } from '../rpc/hand_over.js';
import type { FileAccess, ReadOptions } from './file_access.js';
import type { Locate } from './open_service.js';
import { modelAddress } from './packaged_models.js';
import { shippedModels } from './shipped_models.js';

export interface ModelSource {
  name: string;
  /** What errors call it. */
  label: string;
  onnx: Uint8Array;
  /** Where it was read; bytes have none. */
  address?: string;
}

const isShippedName = (source: string) => /^[\w-]+$/.test(source);

export async function readModel(
  files: FileAccess,
  locate: Locate,
  source: string | URL | Uint8Array,
  options: ReadOptions,
): Promise<ModelSource> {
  if (source instanceof Uint8Array) return { name: 'model', label: 'the model', onnx: source };
  if (typeof source === 'string' && isShippedName(source)) {
    const shipped = shippedModels();
    const entry = shipped.find(({ name }) => name === source);
    if (!entry) {
      const names = shipped.map(({ name }) => name).join(', ');
      throw new SmoothGradError(
        'not-found',
        `no model is called "${source}": shipped are ${names}; or give a file, such as ./${source}.onnx`,
      );
    }
    const { file, bytes } = entry;
    const onProgress = (received: number, total = bytes) => options.onProgress?.(received, total);
    const read = { signal: options.signal, onProgress, keep: true };
    const address = await modelAddress(file, files, locate);
    return { name: entry.name, label: file, address, onnx: handOver(await files.read(address, read)) };
  }
  const label = source instanceof URL ? source.href : source;
  const file = label.split(/[\\/]/).at(-1) ?? label;
  const address = files.resolve(label);
  return { name: file.replace(/\.onnx$/i, ''), label, address, onnx: handOver(await files.read(address, options)) };
}

const isPlainName = (name: string) => !/[\\/:]|^\.{0,2}$/.test(name);

/** The files that a model keeps its weights in, read from its folder. */
export async function readBeside(
  files: FileAccess,
  { address, onnx }: ModelSource,
  names: readonly string[],
  { signal, onProgress }: ReadOptions,
): Promise<ModelFiles> {
  const one = names.length === 1;
  const listed = names.slice(0, 3).map((name) => `'${name}'`);
  if (names.length > 3) listed.push(`${names.length - 3} more`);
  const where = `its weights are in ${one ? 'another file' : 'other files'}, ${listed.join(', ')}`;
  if (address === undefined || /^(data|blob):/.test(address)) {
    throw new SmoothGradError('not-found', `${where}: give ${one ? 'that file' : 'those files'} with it`);
  }
  const refused = names.find((name) => !isPlainName(name));
  if (refused !== undefined) {
    throw new SmoothGradError('bad-model', `its weights are in '${refused}', which is no plain name of a file in its folder`);
  }
  const read: [string, Uint8Array][] = [];
  let before = onnx.length;
  for (const name of names) {
    const progress = (received: number, total: number | undefined) =>
      onProgress?.(before + received, total === undefined ? undefined : before + total);
    try {
      const bytes = await files.read(files.beside(address, name), { signal, onProgress: progress });
      read.push([name, handOver(bytes)]);
      before += bytes.length;
    } catch (error) {
      if (!(error instanceof SmoothGradError)) throw error;
      throw new SmoothGradError(error.code, `${where}; ${error.message}`, { cause: error });
    }
  }
  return Object.fromEntries(read);
}
