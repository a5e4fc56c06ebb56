// Models whose weights lie in a file beside them, as PyTorch's exporter writes them.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeModel, encodeModel } from './proto.mjs';

/** Bytes of an .onnx file with all weights in it. */
export async function readWhole(file) {
  const bytes = new Uint8Array(await readFile(file));
  const model = decodeModel(bytes);
  const outside = model.graph.initializer.filter(({ external_data }) => external_data.length > 0);
  if (outside.length === 0) return bytes;
  const files = new Map();
  for (const tensor of outside) {
    const { location, offset = 0, length } = Object.fromEntries(tensor.external_data.map(({ key, value }) => [key, value]));
    const path = join(dirname(file), basename(location));
    if (!files.has(path)) files.set(path, await readFile(path));
    const end = length === undefined ? undefined : Number(offset) + Number(length);
    tensor.raw_data = files.get(path).subarray(Number(offset), end);
    tensor.external_data = [];
    delete tensor.data_location;
  }
  return encodeModel(model);
}
