// What is moved to a worker and what is copied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handOver } from '../../wasm/js/rpc/hand_over.js';
import { connectWorker } from '../../wasm/js/rpc/worker_bridge.js';

interface Service {
  load(onnx: Uint8Array, files: Record<string, Uint8Array>): Promise<void>;
}

test('bytes that were read for the call are moved, those of the caller are copied', async () => {
  const moved: unknown[] = [];
  const worker = {
    // The worker says that it is there, and has no lock.
    addEventListener: (type: string, hear: (event: unknown) => void) =>
      type === 'message' && hear({ data: { lock: undefined } }),
    terminate() {},
    postMessage: (_: unknown, transfer: unknown[]) => moved.push(...transfer),
  };
  const connection = await connectWorker<Service>(worker as unknown as Worker);
  const [given, read, beside] = [new Uint8Array(1), handOver(new Uint8Array(2)), handOver(new Uint8Array(3))];
  void connection.call('load', given, { given, beside });
  assert.deepEqual(moved, [beside.buffer]);
  void connection.call('load', read, {});
  assert.deepEqual(moved, [beside.buffer, read.buffer]);
});
