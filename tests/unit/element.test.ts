// What the documentation of <smooth-grad> names, against the class itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { attributes } from '../../wasm/js/element/attributes.js';
import { endsOf } from '../../wasm/js/element/colour_key.js';
import { nearestAttribute } from '../../wasm/js/element/misspelt.js';
import { takeEarly } from '../../wasm/js/element/reflecting.js';
import { bubbling, events, methods, parts, properties, slots, states, styles } from '../../wasm/js/element/surface.js';
import { customElements } from '../../wasm/js/reference/custom_elements.js';

// Node has no elements: enough of them to define the class.
Object.assign(globalThis, { HTMLElement: class {}, customElements: { get() {}, define() {} } });
const { SmoothGradElement } = await import('../../wasm/js/element.js');

test('properties and methods are those of the class', () => {
  const callbacks = /^(constructor|.*Callback)$/;
  const own = Object.getOwnPropertyNames(SmoothGradElement.prototype).filter((name) => !callbacks.test(name));
  assert.deepEqual(own.sort(), [...Object.keys(properties), ...Object.keys(methods)].sort());
  const reflected = Object.getOwnPropertyNames(Object.getPrototypeOf(SmoothGradElement.prototype));
  assert.deepEqual(reflected.filter((name) => name !== 'constructor').sort(), Object.keys(attributes).sort());
});

test('the key says where values lie beyond the ends of its colours', () => {
  const picture = { low: 0, high: 0.5, colours: 'grey', width: 1, height: 1, data: new Uint8ClampedArray() };
  const ends = (values: number[], more = {}) => endsOf({ map: Float32Array.from(values), ...more }, { ...picture, ...more });
  assert.deepEqual(ends([0, 0.5]), ['0', '', '0.5']);
  assert.deepEqual(ends([0.1, 0.75]), ['0', '', '≥ 0.5']);
  assert.deepEqual(ends([-0.6, 0.25], { low: -0.5, signed: true }), ['≤ −0.5', '0', '0.5']);
  assert.deepEqual(ends([0, 1.25e-5], { high: 1.25e-5 }).at(2)?.replace('≥ ', ''), '1.3E−5');
  assert.deepEqual(ends([0], { high: 0 }), ['0', '', '']);
});

test('events are those that are sent', () => {
  const source = readFileSync('wasm/js/element/smooth_grad.ts', 'utf8');
  const sent = new Set([...source.matchAll(/#emit\('(\w+)'/g)].map(([, name]) => name));
  assert.deepEqual([...sent].sort(), Object.keys(events).sort());
});

test('parts, slots and custom properties are those of its shadow tree', () => {
  const view = readFileSync('wasm/js/element/view.ts', 'utf8');
  const named = (call: RegExp) => [...view.matchAll(call)].map(([, name]) => name ?? '');
  assert.deepEqual(named(/make\('\w+', '(\w+)', (?!root)/g).sort(), Object.keys(parts).sort());
  assert.deepEqual(named(/place\('(\w*)'/g).sort(), Object.keys(slots).sort());
  const style = readFileSync('wasm/js/element/style.ts', 'utf8');
  for (const name of Object.keys(styles)) assert.ok(style.includes(`from('${name}')`), name);
});

test('all of it is in custom-elements.json', () => {
  const [declaration] = customElements().modules[0]?.declarations ?? [];
  assert.ok(declaration);
  const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);
  assert.deepEqual(names(declaration.cssProperties), Object.keys(styles));
  assert.deepEqual(names(declaration.cssParts), Object.keys(parts));
  assert.deepEqual(names(declaration.cssStates), Object.keys(states));
  assert.deepEqual(names(declaration.slots), Object.keys(slots));
  const told = declaration.events.filter(({ description }) => description.endsWith('bubbles'));
  assert.deepEqual(new Set(names(told)), bubbling);
});

test('what a page has set early is kept, and undefined takes nothing away', () => {
  const written: [string, unknown][] = [];
  class Own {
    set src(value: unknown) {
      written.push(['src', value]);
    }
    set alt(value: unknown) {
      written.push(['alt', value]);
    }
  }
  const element = new Own() as unknown as HTMLElement;
  for (const [name, value] of [
    ['src', undefined],
    ['alt', 'A cat'],
  ] as const) {
    Object.defineProperty(element, name, { value, configurable: true, writable: true, enumerable: true });
  }
  takeEarly(element, ['src', 'alt', 'title']);
  assert.deepEqual(written, [['alt', 'A cat']]);
  assert.ok(!Object.hasOwn(element, 'src'));
});

test("a misspelt attribute is told from one that is somebody else's", () => {
  const meant = { sampels: 'samples', color: 'colours', targets: 'target', 'clean-lst': 'clean-last', nois: 'noise' };
  for (const [name, right] of Object.entries(meant)) assert.equal(nearestAttribute(name), right, name);
  const others = [
    'src',
    'id',
    'class',
    'slot',
    'data-nois',
    'aria-label',
    'onclick',
    'width',
    'height',
    'tabindex',
    'title',
    'v-if',
  ];
  for (const name of others) assert.equal(nearestAttribute(name), undefined, name);
});
