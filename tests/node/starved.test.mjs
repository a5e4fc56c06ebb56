// Memory that is refused: at the start there are other ways, later a clear error, and what was there stays.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import workerThreads from 'node:worker_threads';
import { meansOfChannels } from './support/onnx.mjs';
import { createEngine } from './support/package.mjs';

const { Memory } = WebAssembly;
const { grow } = Memory.prototype;
const { Worker } = workerThreads;

afterEach(() => {
  WebAssembly.Memory = Memory;
  Memory.prototype.grow = grow;
  workerThreads.Worker = Worker;
});

/** Memory of more pages than that, or shared memory where there is none, is refused as browsers do. */
function giveAtMost(shared) {
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor) {
      if (descriptor.shared && descriptor.maximum * 65536 > shared) throw new RangeError('could not allocate memory');
      super(descriptor);
    }
  };
}

const classifies = async (engine) => {
  const model = await engine.loadModel(meansOfChannels([[0, 1, 2]]));
  assert.equal((await model.evaluate({ shape: [1, 3, 4, 4], data: new Float32Array(48).fill(1) })).logits.length, 1);
};

const limitOf = async (engine) => (await engine.memory()).limit;

for (const [given, taken] of [
  [2 ** 32, 2 ** 32],
  [2 ** 32 - 1, 2 ** 31],
  [2 ** 30, 2 ** 30],
  [2 ** 30 - 1, 2 ** 29],
  [2 ** 28, 2 ** 28],
]) {
  test(`of shared memory up to ${given} bytes ${taken} are reserved`, async () => {
    giveAtMost(given);
    const engine = await createEngine({ threads: 2 });
    assert.equal(engine.threads, 2);
    assert.equal(await limitOf(engine), taken);
    await classifies(engine);
    engine.close();
  });
}

test('without shared memory there is one thread, and why is said', async () => {
  giveAtMost(0);
  const engine = await createEngine({ threads: 2 });
  assert.equal(engine.threads, 1);
  assert.equal(await limitOf(engine), 2 ** 32);
  assert.match(engine.singleThreadReason, /Threads could not be started: there is no memory/);
  await classifies(engine);
  engine.close();
});

/** Of more threads than that at once each fails: before it starts, or a moment later. */
function startAtMost(most, isEarly) {
  let alive = 0;
  workerThreads.Worker = class extends Worker {
    constructor(...args) {
      const isTooMany = alive >= most;
      if (isTooMany && isEarly) throw new Error('no thread is left');
      super(...args);
      alive++;
      this.once('exit', () => alive--);
      if (isTooMany) setImmediate(() => this.emit('error', new Error('no thread is left')));
    }
  };
  return () => alive;
}

for (const isEarly of [true, false]) {
  test(`threads that fail ${isEarly ? 'at once' : 'a moment later'}: there are fewer, then one, and why is said`, async () => {
    const alive = startAtMost(3, isEarly);
    const few = await createEngine({ threads: 8 });
    assert.equal(few.threads, 2);
    assert.match(few.fewerThreadsReason, /^There are 2 threads, not 8, of which one did not start: no thread is left\.$/);
    assert.equal(alive(), 2, 'those that started with one that failed have ended');
    await classifies(few);
    few.close();
    startAtMost(1, isEarly);
    const one = await createEngine({ threads: 8 });
    assert.equal(one.threads, 1);
    assert.match(one.singleThreadReason, /^Threads could not be started: no thread is left\.$/);
    assert.equal(one.fewerThreadsReason, undefined);
    await classifies(one);
    one.close();
    await assert.rejects(createEngine({ threads: 2, build: 'simd-threads' }), /no thread is left/);
  });
}

test('a model that does not fit is refused with both sizes, and the earlier one stays', async () => {
  const engine = await createEngine({ threads: 1 });
  const small = await engine.loadModel(meansOfChannels([[0, 1, 2]]));
  const input = { shape: [1, 3, 4, 4], data: new Float32Array(48).fill(1) };
  const before = await small.evaluate(input);
  Memory.prototype.grow = () => {
    throw new RangeError('could not grow');
  };
  const files = { 'weights.data': new Uint8Array(70 * 2 ** 20) };
  await assert.rejects(engine.loadModel(meansOfChannels([[0, 1, 2]]), { files }), {
    code: 'out-of-memory',
    message: new RegExp(
      '^the model: its 71 MB need 141 MB of memory or more while they are read, but the engine has 64 MB here, ' +
        'of which \\d+ MB are in use, and can have no more \\(4096 MB at most\\); close',
    ),
  });
  assert.deepEqual(await small.evaluate(input), before);
  Memory.prototype.grow = grow;
  await classifies(engine);
  engine.close();
});
