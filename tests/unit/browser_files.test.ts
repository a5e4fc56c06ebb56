// A file that is cut off on its way is asked for once more, past the cache; what stays broken is said.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { browserFiles } from '../../wasm/js/client/browser_files.js';

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

const whole = () => new Response(Uint8Array.of(1, 2, 3));
const cutOff = () =>
  new Response(
    new ReadableStream({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    }),
  );

function answer(...answers: (() => Response)[]): (RequestCache | undefined)[] {
  const asked: (RequestCache | undefined)[] = [];
  globalThis.fetch = async (_, init) => {
    asked.push(init?.cache);
    return (answers.shift() as () => Response)();
  };
  return asked;
}

const read = () => browserFiles({}).read('https://example.org/a.onnx', {});

test('the second answer is taken', async () => {
  const asked = answer(cutOff, whole);
  assert.deepEqual([...(await read())], [1, 2, 3]);
  assert.deepEqual(asked, ['default', 'no-store']);
});

test('no third one is asked for', async () => {
  const asked = answer(cutOff, cutOff, whole);
  await assert.rejects(read(), { code: 'not-found', message: /a\.onnx could not be read: network error/ });
  assert.equal(asked.length, 2);
});

test('an error of the host is one', async () => {
  const asked = answer(() => new Response(null, { status: 404 }), whole);
  await assert.rejects(read(), { code: 'not-found', message: /HTTP 404/ });
  assert.equal(asked.length, 1);
});

test('how many bytes have come is said as they come', async () => {
  const pieces = new ReadableStream({
    start(controller) {
      for (const piece of [[1, 2], [3]]) controller.enqueue(Uint8Array.from(piece));
      controller.close();
    },
  });
  answer(() => new Response(pieces, { headers: { 'content-length': '3' } }));
  const heard: unknown[] = [];
  await browserFiles({}).read('https://example.org/b.onnx', { onProgress: (...bytes) => heard.push(bytes) });
  assert.deepEqual(heard, [
    [2, 3],
    [3, 3],
  ]);
});
