// Parts of photos: their names, and the square that chooses them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { word } from '../../web/common/address.js';
import { onward } from '../../web/common/carry.js';
import { everything, nameWith, partOf, wholeName } from '../../web/common/part.js';
import { fromPart, inside, middle, moved, sized, toPart } from '../../web/common/square.js';

test('a name says which part, and addresses and pages take it as a name', () => {
  const name = nameWith('own-abcd1234', { x: 0.25, y: 0, width: 0.5, height: 0.75 });
  assert.equal(name, 'own-abcd1234--250-0-500-750');
  assert.deepEqual(partOf(name), { x: 0.25, y: 0, width: 0.5, height: 0.75 });
  assert.equal(wholeName(name), 'own-abcd1234');
  assert.equal(word(nameWith('own-abcd1234', everything)), 'own-abcd1234--0-0-1000-1000');
  assert.equal(onward(`?photo=${name}`, '/pair.html'), `left=${name}`);
});

test('another part takes the place of the one before, none takes it away', () => {
  assert.equal(nameWith('rocket--1-2-3-4', everything), 'rocket--0-0-1000-1000');
  assert.equal(nameWith('rocket--1-2-3-4', undefined), 'rocket');
  assert.equal(wholeName('digit-4'), 'digit-4');
  assert.equal(partOf('digit-4'), undefined);
});

test('a part outside of the photo is none, and rounding makes none', () => {
  assert.equal(partOf('rocket--600-0-500-500'), undefined);
  assert.equal(partOf('rocket--0-0-0-500'), undefined);
  assert.ok(partOf(nameWith('rocket', { x: 0.3336, y: 0.1116, width: 0.6664, height: 0.8884 })));
});

const photo = { width: 1200, height: 400 };

test('a square stays within the picture, however it is moved and sized', () => {
  assert.deepEqual(middle(photo, 0.875), { side: 350, x: 425, y: 25 });
  assert.deepEqual(moved(middle(photo, 1), 5000, 90, photo), { side: 400, x: 800, y: 0 });
  assert.deepEqual(sized({ x: 0, y: 0, side: 100 }, 9000, photo), { side: 400, x: 0, y: 0 });
  assert.deepEqual(sized({ x: 500, y: 100, side: 200 }, 100, photo), { side: 100, x: 550, y: 150 });
  assert.equal(inside({ x: 0, y: 0, side: 1 }, photo).side, 20);
});

test('a square is found again in the part that it became', () => {
  const square = { x: 300, y: 40, side: 240 };
  assert.deepEqual(fromPart(toPart(square, photo), photo), square);
});
