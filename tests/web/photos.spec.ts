// Photos come by drop, paste and choice; what is no photo is refused with the last map kept.
import { join } from 'node:path';
import { converged, expect, fingerprint, hand, hold, modes, test } from './fixtures.js';
import { losable } from './lost_worker.js';

const photo = (name: string) => join(import.meta.dirname, '../../web/photos', name);

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a photo is dropped, another pasted, another chosen', async ({ page, site }) => {
      await site.open('samples=4');
      await converged(page, 4);
      const subject = page.locator('#subject');
      const first = await subject.textContent();

      await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
      await expect(subject).toHaveText(/espresso|cup/);
      await converged(page, 4);
      await expect(page.getByRole('img', { name: 'Your photo', exact: true })).toBeVisible();

      await hand(page, 'paste', { name: 'pet.webp', from: 'photos/chelsea.webp' });
      await expect(subject).toHaveText(/cat|tabby/);

      await page.locator('#file').setInputFiles(photo('rocket.jpg'));
      await expect(subject).toHaveText(first as string);
      await converged(page, 4);

      await page.goBack();
      await expect(subject).toHaveText(/cat|tabby/);
    });

    test('an own photo is kept over a reload and on other pages, until it is forgotten', async ({ page, site }) => {
      await site.open('samples=2');
      await converged(page, 2);
      const kept = page.locator('#kept');
      await expect(kept).toBeHidden();
      await page.locator('#file').setInputFiles(photo('coffee.webp'));
      await expect(page).toHaveURL(/photo=own-/);
      await converged(page, 2);
      const address = page.url();
      await page.reload();
      await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
      await expect(kept).toBeVisible();
      const own = page.getByRole('toolbar', { name: 'Your photos' }).getByRole('button');
      await expect(own).toHaveAccessibleName('Your photo coffee.webp');
      await expect(own).toHaveAttribute('aria-pressed', 'true');

      await page.getByRole('link', { name: 'Two objects' }).click();
      await expect(page).toHaveURL(/pair\.html.*left=own-/);
      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByRole('link', { name: 'Explain' }).click();
      await expect(page).toHaveURL(/photo=own-/);
      await expect(page).not.toHaveURL(/left=/);
      await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
      await expect(page.locator('#count')).toHaveText(/of 2 samples$/);

      await kept.getByRole('button', { name: 'Forget them' }).click();
      await expect(page).not.toHaveURL(/photo=own-/);
      await expect(own).toHaveCount(0);
      await expect(kept).toBeHidden();
      await page.goto(address);
      await expect(page.locator('#notice')).toContainText(/not kept in this browser/);
    });

    test('broken files are refused and the last map is kept', async ({ page, site }) => {
      await site.open('samples=4');
      await converged(page, 4);
      const before = {
        picture: await fingerprint(page),
        address: page.url(),
        subject: await page.locator('#subject').textContent(),
      };
      for (const bytes of [[], [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70], [...'not a picture'].map((c) => c.charCodeAt(0))]) {
        await hand(page, 'drop', { name: 'broken.jpg', bytes });
        await expect(page.locator('#notice')).toContainText('“broken.jpg” is not a picture');
        await page.locator('#notice-close').click();
        await expect(page.locator('#notice')).toBeHidden();
      }
      expect(await fingerprint(page)).toBe(before.picture);
      expect(page.url()).toBe(before.address);
      await expect(page.locator('#subject')).toHaveText(before.subject as string);
      await expect(page.locator('#count')).toHaveText('4 of 4 samples');

      await page.locator('#samples button').nth(1).click();
      await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
    });

    test('a lost worker is said, the map kept, and another started', async ({ page, site }) => {
      const loseWorkers = await losable(page);
      await site.open('samples=1000');
      await expect(page.locator('#count')).toHaveText(/^\d{3} of 1,000/);
      await loseWorkers();
      await expect(page.locator('#notice')).toContainText(/worker was lost.*last map is kept/);
      expect(await fingerprint(page)).not.toBe(0);
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect(page.locator('#notice')).toBeHidden();
      await expect(page.locator('#count')).toHaveText(/^([2-9]|\d\d+) of 1,000/);
    });
  });
}

test('a photo that is dropped while the network is on its way is explained', async ({ page, site }) => {
  const release = await hold(page, '**/*.onnx');
  await site.open('samples=3');
  await expect(page.locator('#map').getByRole('presentation')).toHaveAttribute('src', /^blob:/);
  await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
  release();
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await converged(page, 3);
  await expect(page).toHaveURL(/photo=own-/);
});

test('a broken file does not keep the photo that is on its way', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const release = await hold(page, '**/photos/coffee.webp');
  await page.locator('#samples button').nth(1).click();
  await hand(page, 'drop', { name: 'broken.jpg', bytes: [1, 2, 3] });
  await expect(page.locator('#notice')).toContainText('“broken.jpg” is not a picture');
  release();
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await converged(page, 3);
});

test.describe('a network that cannot be had', () => {
  test.use({ expected: /ERR_FAILED/ });

  test('is said, and is fetched again when asked', async ({ page, site }) => {
    let isThere = false;
    await page.route('**/*.onnx', (route) => (isThere ? route.continue() : route.abort()));
    await site.open('samples=3');
    await expect(page.locator('#notice-text')).toHaveText(/^http.*efficientnet-lite0-[\w-]+\.onnx could not be read: .*\.$/);
    await expect(page.locator('#threads')).toHaveText('not started');
    isThere = true;
    await page.getByRole('button', { name: 'Start again' }).click();
    await converged(page, 3);
  });
});
