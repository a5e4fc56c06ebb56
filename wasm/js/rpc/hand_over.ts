// Bytes that go to the service and that nobody else needs: a worker gets them moved, not copied.
const ours = new WeakSet<ArrayBufferLike>();

export function handOver(bytes: Uint8Array): Uint8Array {
  ours.add(bytes.buffer);
  return bytes;
}

export const isHandedOver = (buffer: ArrayBuffer) => ours.has(buffer);
