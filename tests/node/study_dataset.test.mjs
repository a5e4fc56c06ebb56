// smoothgrad study --dataset: figures of each photo that are those of a study of it alone, their means, shares, and going on.
import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { at, ids, linesOf, plain, results, run } from './support/batch.mjs';
import { assertComplaint } from './support/command_line.mjs';

const study = (...args) => run('study', '--model', plain, '--seed', '7', ...args);
const photos = ids.slice(0, 5);
function refused(outcome, code, pattern) {
  assert.equal(outcome.code, code);
  assertComplaint(outcome, pattern);
}
const read = async (name) => JSON.parse(await readFile(at(name), 'utf8'));

describe('the study of a data set', () => {
  let lines;
  before(async () => {
    const { code, stdout, stderr } = await study(...photos, '--dataset', 'set', '-o', 'set.json', '--reproducible');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^5 photos in 5 groups -> set.json\n$/);
    lines = await results('set/results.jsonl');
  });

  test('has the figures of each photo, and their means', async () => {
    const { photos: count, groups, failed, figures, run: made } = await read('set.json');
    assert.deepEqual([count, groups, failed, made.build], [5, 5, 0, 'simd']);
    for (const part of ['rq1', 'rq2', 'rq3', 'rq4']) {
      assert.ok(
        Object.keys(figures).some((name) => name.startsWith(`${part}.`)),
        part,
      );
    }
    for (const [name, { mean, interval, photos: of }] of Object.entries(figures)) {
      const values = lines.map(({ measures }) => measures[name]).filter((value) => typeof value === 'number');
      assert.equal(of, values.length, name);
      const own = values.reduce((sum, value) => sum + value, 0) / values.length;
      assert.ok(Math.abs(mean - own) <= 1e-5 * Math.max(1, Math.abs(own)), name);
      if (of >= 5) assert.ok(interval[0] <= mean && mean <= interval[1], name);
    }
  });

  test('compares maps of one photo where a claim does', () => {
    for (const { measures } of lines) {
      const less = measures['rq1.gradient.totalVariation'] - measures['rq1.smoothgrad.50.totalVariation'];
      assert.ok(Math.abs(measures['rq1.less.50.totalVariation'] - less) < 1e-4);
      const gain =
        measures['rq3.smoothgrad-integrated-gradients.deletionZero'] - measures['rq3.integrated-gradients.deletionZero'];
      assert.ok(Math.abs(measures['rq4.smoothgrad-integrated-gradients-less-integrated-gradients.deletionZero'] - gain) < 1e-4);
    }
  });

  test('agrees with the study of one photo, where both compute the same', async () => {
    const { code, stderr } = await study(photos[0], '--only', 'rq1', '-o', 'one.json', '--threads', '1');
    assert.equal(code, 0, stderr);
    const { parts } = await read('one.json');
    const { measures } = lines.find(({ id }) => id === photos[0]);
    for (const { samples, totalVariation } of parts.rq1.mean.smooth.filter((row) => row.samples <= 50)) {
      const own = measures[`rq1.smoothgrad.${samples}.totalVariation`];
      assert.ok(Math.abs(own - totalVariation) < 1e-3 * totalVariation, `${samples}: ${own}, ${totalVariation}`);
    }
  });

  test('in shares is the same, and waits for all of them', async () => {
    for (const shard of ['1/2', '2/2']) {
      const { code, stdout, stderr } = await study(...photos, '--dataset', 'shares', '--shard', shard, '--reproducible');
      assert.equal(code, 0, stderr);
      assert.match(stdout, new RegExp(`^share ${shard} -> shares; with all there: smoothgrad study --dataset shares\n$`));
      if (shard === '1/2') refused(await study('--dataset', 'shares'), 1, /results-2-of-2.jsonl is not there yet/);
    }
    const { code, stderr } = await study('--dataset', 'shares', '-o', 'shares.json');
    assert.equal(code, 0, stderr);
    assert.deepEqual((await read('shares.json')).figures, (await read('set.json')).figures);
  });

  test('goes on with what is missing', async () => {
    const path = at('set/results.jsonl');
    const whole = await readFile(path, 'utf8');
    await writeFile(at('set/results.partial.jsonl'), `${whole.split('\n').slice(0, 3).join('\n')}\n`);
    await rm(path);
    const { code, stderr } = await study(...photos, '--dataset', 'set', '-o', 'again.json', '--reproducible');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /2 photos done.*3/);
    assert.equal(await readFile(path, 'utf8'), whole);
  });

  test('counts groups, not the pictures in them', async () => {
    const list = photos.map((photo, i) => JSON.stringify({ photo, group: i < 3 ? 'film' : photo }));
    await writeFile(at('list.jsonl'), list.join('\n'));
    const { code, stdout } = await study(
      '--list',
      'list.jsonl',
      '--dataset',
      'grouped',
      '-o',
      'grouped.json',
      '--reproducible',
    );
    assert.equal(code, 0);
    assert.match(stdout, /^5 photos in 3 groups/);
    const { figures } = await read('grouped.json');
    assert.ok(Object.values(figures).every(({ interval }) => interval === null));
    assert.deepEqual(
      linesOf(await readFile(at('grouped/results.jsonl'), 'utf8')).map(({ group }) => group),
      photos.map((photo, i) => (i < 3 ? 'film' : photo)),
    );
  });

  test('leaves out a photo that is broken, and says so', async () => {
    const { code, stdout, stderr } = await study(...photos, 'photos/none.png', '--dataset', 'broken', '-o', 'broken.json');
    assert.equal(code, 1);
    assert.match(stderr, /none.png/);
    assert.match(stdout, /^5 photos in 5 groups/);
    assert.equal((await read('broken.json')).failed, 1);
  });
});

test('what is wrong is said before anything is computed', async () => {
  refused(await study('--dataset', 'nowhere'), 1, /nowhere has no figures of photos: give the photos/);
  await assert.rejects(stat(at('dataset.json')));
  refused(await study(photos[0], '--dataset', 'set', '--only', 'rq1'), 2, /--only is not for a study with --dataset/);
  refused(await study(photos[0], '--list', 'list.jsonl'), 2, /--list is only for a study with --dataset/);
  refused(await study(), 2, /give photos, or --dataset/);
});
