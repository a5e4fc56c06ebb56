// The table of options against C++: the same names, the same defaults.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageFolder, runOptions } from './support/package.mjs';

/** Options that C++ never sees, or only through another: names of classes and layers, of what decides others. */
const onlyHere = new Set(['convention', 'layer']);
/** What C++ is told beside the table. */
const onlyThere = new Set(['target', 'untilRelativeError', 'untilDenoisedError', 'untilMs', 'signed']);

test('every default of the table is C++ its own, and C++ has none that the table lacks', async () => {
  const { default: make } = await import(new URL('wasm/smoothgrad-simd.js', packageFolder));
  const theirs = (await make()).defaults();
  const limits = { side: 224, size: 32 };
  for (const [name, row] of Object.entries(runOptions)) {
    const value = typeof row.default === 'function' ? row.default(limits) : row.default;
    if (value === undefined || onlyHere.has(name)) continue;
    // Without signs: C++ draws what it is told, and the service chooses by the signs where nothing is said.
    assert.deepEqual(typeof theirs[name] === 'bigint' ? Number(theirs[name]) : theirs[name], value, name);
  }
  const unknown = Object.keys(theirs).filter((name) => !(name in runOptions) && !onlyThere.has(name));
  assert.deepEqual(unknown, []);
});
