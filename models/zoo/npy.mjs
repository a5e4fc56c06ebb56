// NumPy's files of float32 or float64 numbers, and how far two of them are apart.
import { readFile } from 'node:fs/promises';

const types = { '<f4': Float32Array, '<f8': Float64Array };

export async function readNpy(path) {
  const bytes = await readFile(path);
  const start = bytes[6] === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', 10, start);
  const Numbers = types[/'descr': '([^']*)'/.exec(header)?.[1]];
  if (!Numbers || /'fortran_order': True/.test(header)) throw new Error(`${path}: ${header}`);
  return new Numbers(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}

/** Relative L2; elements where the truth is NaN are left out. */
export function distance(values, truth) {
  if (values.length !== truth.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (const [k, right] of truth.entries()) {
    if (Number.isNaN(right)) continue;
    difference += (values[k] - right) ** 2;
    size += right ** 2;
  }
  return Math.sqrt(difference / size);
}
