// Which classes somebody means by what is typed of a name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchClasses } from '../../wasm/js/api/class_names.js';
import { findClass } from '../../wasm/js/client/find_class.js';

const names = ['scatter', 'wildcat', 'tiger cat', 'cats and dogs', 'puma, cat of the mountains', 'lynx, cat', 'cat', 'dog'];
const found = (typed: string) => searchClasses(names, typed).map((index) => names[index]);

test('the name itself comes first, then synonyms, then beginnings of names, of words, and the rest', () => {
  assert.deepEqual(found('cat'), [
    'cat',
    'lynx, cat',
    'cats and dogs',
    'puma, cat of the mountains',
    'tiger cat',
    'scatter',
    'wildcat',
  ]);
  assert.deepEqual(found(' TIGER c'), ['tiger cat']);
  assert.deepEqual(found('lynx'), ['lynx, cat']);
  assert.deepEqual(found('unicorn'), []);
});

test('all of them, in their order, where nothing is typed', () => assert.deepEqual(found('  '), names));

test('a word begins after anything that is no letter of any script', () => {
  assert.deepEqual(searchClasses(['éclair', 'choux-éclair', 'demiéclair'], 'éclair'), [0, 1, 2]);
  assert.deepEqual(searchClasses(['demiéclair', 'béclair'], 'clair'), [0, 1]);
});

test('a class is found by its name, by a synonym of its own, by the only name with that in it, and else asked for', () => {
  const index = (target: string) => findClass(names, names.length, target);
  assert.equal(index('cat'), 6);
  assert.equal(index('Puma'), 4);
  assert.equal(index('mountain'), 4);
  assert.throws(() => index('ca'), /one of several, give the index: 3 cats and dogs, 6 cat, 4 puma, .* and 2 more/);
});
