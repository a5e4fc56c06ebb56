// Where a model comes from: a shipped name, an address, or bytes.

import { SmoothGradError } from '../api/errors.js';
import type { ShippedModel } from '../api/index.js';
import type { FileAccess, ReadOptions } from './file_access.js';

export interface ModelSource {
  name: string;
  /** What errors call it. */
  label: string;
  onnx: Uint8Array;
}

const isShippedName = (source: string) => /^[\w-]+$/.test(source);

/** The models that come with the package. */
export async function readManifest(files: FileAccess, assets: string, options: ReadOptions = {}): Promise<ShippedModel[]> {
  const bytes = await files.read(new URL('models/manifest.json', assets).href, { signal: options.signal });
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as ShippedModel[] | { models: ShippedModel[] };
  return Array.isArray(manifest) ? manifest : manifest.models;
}

export async function readModel(
  files: FileAccess,
  assets: string,
  source: string | URL | Uint8Array,
  options: ReadOptions,
): Promise<ModelSource> {
  if (source instanceof Uint8Array) return { name: 'model', label: 'the model', onnx: source };
  if (typeof source === 'string' && isShippedName(source)) {
    const manifest = await readManifest(files, assets, options);
    const entry = manifest.find(({ name }) => name === source);
    if (!entry) {
      const names = manifest.map(({ name }) => name).join(', ');
      throw new SmoothGradError(
        'not-found',
        `no model is called "${source}": shipped are ${names}; or give a file, such as ./${source}.onnx`,
      );
    }
    const { file, bytes } = entry;
    const onProgress = (received: number, total = bytes) => options.onProgress?.(received, total);
    const onnx = await files.read(new URL(`models/${file}`, assets).href, { ...options, onProgress });
    return { name: entry.name, label: file, onnx };
  }
  const address = source instanceof URL ? source.href : source;
  const file = address.split(/[\\/]/).at(-1) ?? address;
  const onnx = await files.read(files.resolve(address), options);
  return { name: file.replace(/\.onnx$/i, ''), label: address, onnx };
}
