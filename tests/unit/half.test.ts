// float16 against what is known of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHalf, toHalf } from '../../wasm/js/api/half.js';

const one = (value: number) => toHalf(Float32Array.of(value))[0];

test('every float16 is itself', () => {
  for (let bits = 0; bits < 2 ** 16; bits++) {
    const value = fromHalf(bits);
    if (Number.isNaN(value)) assert.ok(Number.isNaN(fromHalf(one(value) as number)));
    else assert.equal(one(value), bits);
  }
});

test('known values', () => {
  for (const [value, bits] of [
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [0.1, 0x2e66],
    [1 / 3, 0x3555],
  ] as const)
    assert.equal(one(value), bits, String(value));
});

test('what lies between goes to the nearest one, halves to the even one', () => {
  for (let bits = 0; bits < 0x7bff; bits += 7) {
    const [low, high] = [fromHalf(bits), fromHalf(bits + 1)];
    const middle = (low + high) / 2;
    const quarter = (high - low) / 4;
    assert.deepEqual([one(middle - quarter), one(middle + quarter)], [bits, bits + 1]);
    assert.equal(one(middle), bits % 2 === 0 ? bits : bits + 1);
  }
});

test('a finite value beyond the largest one is refused', () => {
  assert.equal(one(65519), 0x7bff);
  assert.throws(() => one(65520), /element 0 is 65520: float16 ends at 65504, take float32/);
});
