// .npy files of float32 in C order, version 1: the data alone.
export function readNpy(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = 10 + view.getUint16(8, true);
  return new Float32Array(new Uint8Array(bytes.subarray(begin)).buffer); // a copy: it is aligned
}
