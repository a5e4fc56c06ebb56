// NumPy's .npy files (format 1.0 to 3.0; numpy.lib.format): float32 or float16 out; those or float64 in, in either order of memory.

import { SmoothGradError } from './errors.js';
import { fromHalf, toHalf } from './half.js';
import type { RawTensor } from './index.js';

const magic = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0))];

const bad = (what: string) => new SmoothGradError('bad-tensor', what);

export type NpyType = 'float32' | 'float16';

/** The bytes of an .npy file: little-endian, row-major. Throws `bad-tensor` where a finite value is beyond float16. */
export function formatNpy({ shape, data }: RawTensor, type: NpyType = 'float32'): Uint8Array {
  const width = type === 'float16' ? 2 : 4;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f${width}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const prefix = magic.length + 4;
  // The data begins at a multiple of 64.
  const length = Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix;
  const bytes = new Uint8Array(prefix + length + data.length * width);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, 1, 0]);
  view.setUint16(8, length, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), prefix);
  const begin = prefix + length;
  const halves = type === 'float16' ? toHalf(data) : undefined;
  for (let i = 0; i < data.length; i++) {
    if (halves) view.setUint16(begin + i * 2, halves[i] as number, true);
    else view.setFloat32(begin + i * 4, data[i] as number, true);
  }
  return bytes;
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) throw bad('not an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = (bytes[6] as number) >= 2;
  const begin = wide ? 12 : 10;
  const end = begin + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder('latin1').decode(bytes.subarray(begin, end));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined) throw bad('an .npy file with a damaged header');
  const sizes = tuple
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '');
  if (!sizes.every((size) => /^\d{1,15}$/.test(size))) throw bad(`an .npy file whose header says shape (${tuple})`);
  return { descr, columnMajor: order === 'True', shape: sizes.map(Number), data: view, offset: end };
}

/** Column-major to row-major order. */
function toRowMajor(data: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return data.map((_, i) => {
    let rest = i;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] as number;
      from += (rest % size) * (strides[axis] as number);
      rest = Math.floor(rest / size);
    }
    return data[from] as number;
  });
}

/** The tensor of an .npy file's bytes; throws `bad-tensor`. */
export function parseNpy(bytes: Uint8Array): RawTensor {
  const { descr, columnMajor, shape, data: view, offset } = readHeader(bytes);
  const readers: Record<string, [number, (at: number) => number]> = {
    '<f2': [2, (at) => fromHalf(view.getUint16(at, true))],
    '<f4': [4, (at) => view.getFloat32(at, true)],
    '<f8': [8, (at) => view.getFloat64(at, true)],
  };
  const reader = Object.hasOwn(readers, descr) ? readers[descr] : undefined;
  if (!reader) throw bad(`an .npy file of type ${descr}: save it as float16, float32 or float64, little-endian`);
  const [width, read] = reader;
  const size = shape.reduce((product, factor) => product * factor, 1);
  if (bytes.length - offset !== size * width) {
    throw bad(
      `an .npy file of shape (${shape.join(', ')}) with ${bytes.length - offset} bytes of data instead of ${size * width}`,
    );
  }
  const data = Float32Array.from({ length: size }, (_, i) => read(offset + i * width));
  return { shape, data: columnMajor ? toRowMajor(data, shape) : data };
}
