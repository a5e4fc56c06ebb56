// What the study makes of denoised maps, on numbers that are known.
import { test } from 'node:test';
import { expect } from '@playwright/test';
import { falseDiscoveryThreshold, falseSignThreshold } from '../../wasm/js/study/denoised/discoveries.js';
import { samplesScoring } from '../../wasm/js/study/denoised/views.js';
import { upperTail } from '../../wasm/js/study/normal.js';

test("the normal distribution's tail, on both sides of the change of formula", () => {
  const known: [z: number, probability: number][] = [
    [0, 0.5],
    [1, 0.15865525393145705],
    [1.9599639845400543, 0.025],
    [2.3263478740408408, 0.01],
    [5, 2.866515718791939e-7],
    [8, 6.220960574271785e-16],
  ];
  for (const [z, probability] of known) expect(Math.abs(upperTail(z) / probability - 1), `${z}`).toBeLessThan(1e-9);
});

test('as many elements as keep the false discovery rate', () => {
  // Two-sided p of .0027, .0164, .0357, .32 and 1 beside .01, .02, .03, .04 and .05.
  expect(falseDiscoveryThreshold(Float32Array.of(1, 0, 2.1, 3, 2.4))).toBeCloseTo(2.4);
  // p of 2.3 and 2.1 are above their shares, but that of 2.06 is below: all four count.
  expect(falseDiscoveryThreshold(Float32Array.of(3, 2.3, 2.1, 2.06, 0.1))).toBeCloseTo(2.06);
  expect(falseDiscoveryThreshold(Float32Array.of(1, 1, 1))).toBe(Number.POSITIVE_INFINITY);
});

test('as many elements as have the wrong sign one time in twenty, on average', () => {
  // Tails .0013, .0228, .1151 and .1587: on average .0013, .0121, .0464, .0745.
  expect(falseSignThreshold(Float32Array.of(1.2, 3, 1, 2))).toBeCloseTo(1.2);
  expect(falseSignThreshold(Float32Array.of(3, 2))).toBeCloseTo(2);
  expect(falseSignThreshold(Float32Array.of(1, 0.5))).toBe(Number.POSITIVE_INFINITY);
});

test('the number of samples at which a curve has a score', () => {
  const rising = [
    [8, 0.5],
    [16, 0.6],
    [64, 0.8],
  ] as const;
  expect(samplesScoring(rising, 0.7)).toBeCloseTo(32);
  expect(samplesScoring(rising, 0.6)).toBeCloseTo(16);
  expect(samplesScoring(rising, 0.9)).toBe(64);
  expect(samplesScoring(rising, 0.4)).toBe(8);
  const falling = rising.map(([n, score]) => [n, 1 - score] as const);
  expect(samplesScoring(falling, 0.3)).toBeCloseTo(32);
});
