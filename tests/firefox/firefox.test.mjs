// The first page, the element, the fallback and a look at every other page in Firefox, with threads and without.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openFirefox } from './page.mjs';

let firefox;
before(async () => {
  firefox = await openFirefox();
  console.log(firefox.version);
});
after(() => firefox.close());

for (const mode of ['isolated', 'single']) {
  const inFirefox = (work, before) => () => firefox.use(mode, work, before);

  describe(mode, () => {
    test(
      'the first page converges, and says how',
      inFirefox(async ({ page, open, says }) => {
        await open('samples=6');
        await says('#count', /^6 of 6 samples$/);
        await says('#subject', /missile|projectile/);
        const isolated = await page.evaluate(() => crossOriginIsolated);
        assert.equal(isolated, mode === 'isolated');
        await says('body', isolated ? /\d+ threads/ : /1 thread/);
      }),
    );

    test(
      'another class has another map; the same one again has the same bytes',
      inFirefox(async ({ open, says, click, map }) => {
        await open('samples=4');
        await says('#count', /^4 of 4 samples$/);
        const first = await map();
        await click('#classes li:nth-child(2) button');
        await says('#subject', /^(?!missile)/);
        await says('#count', /^4 of 4 samples$/);
        assert.notDeepEqual(await map(), first);
        await click('#classes li:nth-child(1) button');
        await says('#subject', /^missile/);
        await says('#count', /^4 of 4 samples$/);
        assert.deepEqual(await map(), first);
      }),
    );

    test(
      'it is paused, goes on, and takes a dropped photo; a broken one is refused',
      inFirefox(async ({ open, says, click, drop }) => {
        await open('samples=1000&until=never');
        await says('#count', /^([3-9]|\d\d+) of 1,000/);
        await click('#play');
        await says('#count', /paused$/);
        await click('#play');
        await says('#count', /samples$/);
        await drop('a cup.webp', 'photos/coffee.webp');
        await says('#subject', /espresso|cup/);
        await drop('broken.jpg', undefined, [255, 216, 255, 1, 2, 3]);
        await says('#notice-text', /broken\.jpg/);
        await says('#subject', /espresso|cup/);
      }),
    );

    test(
      'a digit network',
      inFirefox(async ({ open, says }) => {
        await open('model=mnist-noise-20&photo=digit-4&samples=5');
        await says('#subject', /^4$/);
        await says('#count', /^5 of 5 samples$/);
      }),
    );

    test(
      'the element on a page of somebody’s own',
      inFirefox(async ({ open, label }) => {
        await open('', 'embed.html');
        await label('smooth-grad canvas', /50 of 50 samples/);
      }),
    );

    for (const [file, search, selector, pattern] of [
      ['guide.html', 'photo=coffee', '#subject', /espresso/],
      ['compare.html', 'rows=noise&columns=samples&row=0+0.1&column=1+2', '#count', /^4 of 4 cells/],
      ['pair.html', 'samples=4', '#count', /^4 of 4 samples$/],
      ['lab.html', 'digit=13&samples=4', '#count', /^4 samples a map$/],
      ['results.html', '', '#summary-title', /./],
    ]) {
      test(
        file,
        inFirefox(async ({ open, says }) => {
          await open(search, file);
          await says(selector, pattern);
        }),
      );
    }
  });
}

test('where no worker may start, the page’s own thread computes and says so', () =>
  firefox.use(
    'single',
    async ({ open, says, wrong }) => {
      await open('samples=2');
      await says('#count', /^2 of 2 samples$/);
      assert.match(wrong.splice(0).join(), /No worker could be started/);
    },
    (page) =>
      page.evaluateOnNewDocument(() => {
        window.Worker = class {
          constructor() {
            throw new Error('no workers here');
          }
        };
      }),
  ));
