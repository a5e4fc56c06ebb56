// The table of options: its rows are whole, and what is made of them follows them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributes, lookNames } from '../../wasm/js/element/attributes.js';
import { checkLook, checkRun } from '../../wasm/js/options/check_options.js';
import { withConvention } from '../../wasm/js/options/convention.js';
import { helpOf, rangeOf } from '../../wasm/js/options/describe.js';
import { fromKebab, toKebab } from '../../wasm/js/options/kebab.js';
import { isFor, optionsOf } from '../../wasm/js/options/kinds.js';
import type { Option } from '../../wasm/js/options/option.js';
import { runOptions, samplingOptions } from '../../wasm/js/options/table.js';
import { declarations } from '../../wasm/js/reference/declarations.js';
import { captum, subject, tables } from './subject.js';

const rows: [string, Option][] = Object.entries(runOptions);

const badOption = (message: string) => ({ code: 'bad-option', message });

test('every row says in a line what it is, and a slider offers part of what is allowed', () => {
  for (const [name, row] of rows) {
    assert.ok(row.help.length > 3 && !row.help.includes('\n') && !row.help.endsWith('.'), name);
    assert.equal(row.kind === 'name', row.of !== undefined, name);
    assert.equal(fromKebab(toKebab(name)), name);
    assert.ok(row.default !== undefined || row.otherwise !== undefined, `${name} says what is taken without it`);
    if (!row.slider) continue;
    assert.ok(
      row.slider.low >= (row.low ?? 0) && row.slider.high <= (typeof row.high === 'number' ? row.high : Infinity),
      name,
    );
  }
});

test('a run is complete: given values, then the convention, then the defaults', () => {
  const settings = checkRun({ samples: 7, target: 3 }, subject);
  assert.deepEqual(
    [settings.method, settings.samples, settings.noise, settings.seed, settings.target, settings.versus],
    ['smoothgrad', 7, runOptions.noise.default, 0n, 3, undefined],
  );
  const { sigma, samples, channels, percentile } = checkRun({ convention: 'captum', channels: 'sum-abs' }, subject);
  assert.deepEqual([sigma, samples, channels, percentile], [1, 5, 'sum-abs', 98]);
  // Whoever gives a noise level means that, not the convention's sigma.
  assert.equal(checkRun({ convention: 'captum', noise: 0.2 }, subject).sigma, undefined);
  assert.deepEqual(withConvention({ noise: 0.3 }, [captum]), { noise: 0.3 });
});

test('a method takes its own options and refuses the others by name', () => {
  assert.throws(() => checkRun({ method: 'grad-cam', noise: 0.1 }, subject), badOption('noise is not for method grad-cam'));
  assert.throws(() => checkRun({ size: 4 }, subject), badOption('size is for method occlusion'));
  assert.deepEqual(checkRun({ method: 'grad-cam' }, subject).layer, 1);
  assert.deepEqual(checkRun({ method: 'grad-cam', layer: 'a' }, subject).layer, 0);
  const { size, stride } = checkRun({ method: 'occlusion' }, subject);
  assert.deepEqual([size, stride], [20, 10]);
  assert.throws(
    () => checkRun({ method: 'occlusion', size: 21 }, subject),
    badOption('size must be a whole number from 1 to 20, not 21'),
  );
  assert.ok(optionsOf('occlusion', tables).includes('baseline') && !optionsOf('occlusion', tables).includes('steps'));
  for (const [name, row] of Object.entries(samplingOptions)) assert.ok(isFor(row, 'smoothgrad', tables), name);
});

test('what is drawn is checked, and what is left out is as it was said', () => {
  assert.throws(() => checkLook({ view: 'hologram' }, subject), badOption('view must be one of map, overlay, not "hologram"'));
  assert.equal(checkLook({}, subject, { percentile: 95 }).percentile, 95);
  assert.equal(checkLook({ percentile: 91 }, subject, { percentile: 95 }).percentile, 91);
  assert.throws(() => checkRun({ until: { ms: 0 } }, subject), badOption('until.ms must be a number above 0, not 0'));
});

test('every option is an attribute of the element, which knows what a change of it does', () => {
  for (const [name] of rows) assert.ok(attributes[name], name);
  assert.equal(attributes.samples?.changes, 'goal');
  assert.equal(attributes.noise?.changes, 'samples');
  for (const name of lookNames) assert.equal(attributes[name]?.changes, 'look', name);
});

test('ranges, defaults and declarations are told in words', () => {
  assert.equal(rangeOf(runOptions.window), '0 to 64');
  assert.equal(rangeOf(runOptions.noise), 'at least 0');
  assert.equal(helpOf(runOptions.window), 'over which the squared map is pooled before the root, in pixels; default: 0');
  assert.equal(helpOf(runOptions.cleanLast).includes('default'), false);
  assert.match(helpOf(runOptions.antithetic), /; default: on where/);
  const text = declarations();
  for (const [name] of rows) assert.match(text, new RegExp(`^ {4}${name}\\?: `, 'm'));
});
