// The bytes of an answer, piece by piece, so that it can be told how many there are.
import type { ReadOptions } from './file_access.js';

export async function readBody(response: Response, { onProgress }: ReadOptions): Promise<Uint8Array> {
  const length = response.headers.get('content-length');
  // With a content encoding the length is not that of what arrives.
  const total = length === null || response.headers.has('content-encoding') ? undefined : Number(length);
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (!value) continue;
    chunks.push(value);
    received += value.length;
    onProgress?.(received, total);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
