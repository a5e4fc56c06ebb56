// What the links between pages take along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onward, withSubject } from '../../web/common/carry.js';

test('everything stays, whether the next page knows it or not', () => {
  const search = '?photo=coffee&model=own-1&view=overlay&target=505';
  assert.equal(onward(search, '/compare.html'), 'photo=coffee&model=own-1&view=overlay&target=505');
  assert.equal(onward('', '/'), '');
});

test('the left half is the photo of the other pages, and back', () => {
  const there = onward('?noise=0.2&photo=coffee&target=505', '/site/pair.html');
  assert.equal(there, 'noise=0.2&left=coffee&leftClass=505');
  assert.equal(onward(`?${there}&right=rocket`, '/site/'), 'noise=0.2&right=rocket&photo=coffee&target=505');
});

test('what is left over of another address does not hide what is in view', () => {
  assert.equal(onward('?left=rocket&photo=coffee', '/pair.html'), 'left=coffee');
  assert.equal(onward('?photo=coffee&left=rocket', '/lab.html'), 'photo=rocket');
});

test('a link that says how to look takes along what is looked at, and nothing else', () => {
  const search = '?photo=own-1&target=505&model=own-2&noise=0.4&view=overlay';
  const own = '?method=smoothgrad&noise=0.15';
  assert.equal(withSubject(own, search, '/'), 'method=smoothgrad&noise=0.15&photo=own-1&target=505&model=own-2');
  assert.equal(withSubject(own, '', '/'), 'method=smoothgrad&noise=0.15');
  assert.equal(
    withSubject('?difference=scaled', search, '/pair.html'),
    'difference=scaled&model=own-2&left=own-1&leftClass=505',
  );
  assert.equal(withSubject('?rows=photo', search, '/compare.html'), 'rows=photo&photo=own-1&model=own-2');
});
