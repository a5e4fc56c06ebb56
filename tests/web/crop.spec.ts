// A part of a photo is chosen: by pointer, fingers and keys; what the network sees is that part, here, on other pages and later.
import type { Page } from '@playwright/test';
import { checkAxe, converged, expect, fingerprint, overflowing, test } from './fixtures.js';

/** Three squares beside each other, of 240 pixels each. */
const colours = ['#c00000', '#00a000', '#0000c0'];

async function handStripes(page: Page) {
  await page.evaluate(async (colours) => {
    const canvas = new OffscreenCanvas(720, 240);
    const context = canvas.getContext('2d');
    for (const [i, colour] of colours.entries()) {
      if (context) context.fillStyle = colour;
      context?.fillRect(240 * i, 0, 240, 240);
    }
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], 'stripes.png', { type: 'image/png' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, colours);
}

/** Colours at the left edge, the middle and the right edge of what the network sees. */
const seen = (page: Page) =>
  page.locator('#photo').evaluate((node) => {
    const { width, height } = node as HTMLCanvasElement;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context?.drawImage(node as HTMLCanvasElement, 0, 0);
    const data = context?.getImageData(0, height / 2, width, 1).data ?? [];
    const hex = (at: number) =>
      `#${[0, 1, 2]
        .map((channel) =>
          Number(data[4 * at + channel])
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')}`;
    return [3, width / 2, width - 4].map(hex);
  });

const open = (page: Page) => page.getByRole('button', { name: 'Crop' }).click();
const square = (page: Page) => page.getByRole('application', { name: /^The part/ });

test('of a long picture the middle is seen, and any other part that is chosen', async ({ page, site }) => {
  await site.open('samples=2');
  await converged(page, 2);
  await handStripes(page);
  await expect(page.locator('#part')).toHaveText('the middle 26 % of the photo');
  await expect.poll(() => seen(page)).toEqual([colours[1], colours[1], colours[1]]);

  await open(page);
  await expect(square(page)).toBeFocused();
  await checkAxe(page);
  await page.keyboard.press('+');
  for (let i = 0; i < 12; ++i) await page.keyboard.press('+');
  await expect(page.locator('#crop-value')).toHaveText('240 × 240 of 720 × 240 pixels');
  for (let i = 0; i < 11; ++i) await page.keyboard.press('Shift+ArrowLeft');
  await page.getByRole('button', { name: 'Use this part' }).click();
  await expect(page).toHaveURL(/photo=own-\w+--0-0-333-1000/);
  await expect.poll(() => seen(page)).toEqual([colours[0], colours[0], colours[0]]);
  await expect(page.locator('#part')).toHaveText('a part that you chose');
  await converged(page, 2);

  // With the mouse: from where it is to the right end.
  await open(page);
  const box = await square(page).boundingBox();
  if (!box) throw new Error('no square');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 5 * box.width, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Use this part' }).click();
  await expect.poll(() => seen(page)).toEqual([colours[2], colours[2], colours[2]]);

  await page.reload();
  await expect.poll(() => seen(page)).toEqual([colours[2], colours[2], colours[2]]);
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/compare.html.*photo=own-\w+--66\d-0-333-1000/);
  await expect.poll(() => seen(page)).toEqual([colours[2], colours[2], colours[2]]);

  await open(page);
  await page.getByRole('button', { name: 'All of it, squeezed' }).click();
  await expect.poll(() => seen(page)).toEqual(colours);
  await expect(page.locator('#part')).toHaveText('all of it, squeezed');
  await open(page);
  await page.getByRole('button', { name: 'The middle, as usual' }).click();
  await expect.poll(() => seen(page)).toEqual([colours[1], colours[1], colours[1]]);
});

test('the strip gives a photo with the part that was last chosen', async ({ page, site }) => {
  await site.open('samples=2');
  await converged(page, 2);
  await handStripes(page);
  await expect.poll(() => seen(page)).toEqual([colours[1], colours[1], colours[1]]);
  await open(page);
  await page.getByRole('button', { name: 'All of it, squeezed' }).click();
  await expect.poll(() => seen(page)).toEqual(colours);
  await page.locator('#samples button').first().click();
  await expect(page).toHaveURL(/photo=chelsea/);
  const own = page.getByRole('toolbar', { name: 'Your photos' }).getByRole('button');
  await expect(own).toHaveAttribute('aria-pressed', 'false');
  await own.click();
  await expect.poll(() => seen(page)).toEqual(colours);
  await expect(own).toHaveAttribute('aria-pressed', 'true');
});

test('a part of a sample photo is in its address', async ({ page, site }) => {
  await site.open('samples=2&photo=coffee--0-0-400-600');
  await converged(page, 2);
  await expect(page.locator('#part')).toHaveText('a part that you chose');
  await expect(page.locator('#samples [aria-pressed=true] img')).toHaveAttribute('src', /coffee/);
  await open(page);
  await expect(square(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('#crop-dialog')).toBeHidden();
  await expect(page).toHaveURL(/photo=coffee--0-0-400-600/);
});

test('the figures of the guide show the part that is chosen', async ({ page, site }) => {
  await site.open('photo=rocket&copy=2', 'guide.html');
  await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
  await expect(page.locator('#part')).toHaveText('the middle 51 % of the photo');
  const before = await fingerprint(page, '#answer .frame');
  await page.getByRole('button', { name: 'Crop the photo' }).click();
  await expect(square(page)).toBeFocused();
  await expect(page.locator('#crop-half')).toBeHidden();
  await checkAxe(page);
  await page.getByRole('button', { name: 'All of it, squeezed' }).click();
  await expect(page).toHaveURL(/photo=rocket--0-0-1000-1000/);
  await expect(page.locator('#part')).toHaveText('all of it, squeezed');
  await expect.poll(() => fingerprint(page, '#answer .frame')).not.toBe(before);
});

test('of two objects each has a part of its own, of which the middle half is taken', async ({ page, site }) => {
  await site.open('samples=10&left=rocket&right=coffee', 'pair.html');
  const [left, right] = ['left', 'right'].map((side) => page.locator(`.half[data-side=${side}]`));
  if (!left || !right) throw new Error('no halves');
  await expect(left.locator('.part')).toHaveText('the middle 51 % of the photo');
  const before = await fingerprint(page, '#both');
  await left.getByRole('button', { name: 'Crop the photo' }).click();
  await expect(page.locator('#crop-half')).toBeVisible();
  await checkAxe(page);
  await page.getByRole('button', { name: 'All of it, squeezed' }).click();
  await expect(page).toHaveURL(/left=rocket--0-0-1000-1000/);
  await expect(left.locator('.part')).toHaveText('all of it, squeezed');
  await expect.poll(() => fingerprint(page, '#both')).not.toBe(before);
  await right.getByRole('button', { name: 'Crop the photo' }).click();
  await page.getByRole('button', { name: 'All of it, squeezed' }).click();
  await expect(page).toHaveURL(/right=coffee--0-0-1000-1000/);
  await expect(page).toHaveURL(/left=rocket--0-0-1000-1000/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });

  test('two fingers pinch the square; all that is pressed has 44 pixels', async ({ page, site }) => {
    await site.open('samples=2');
    await converged(page, 2);
    await page.getByRole('button', { name: 'Crop' }).tap();
    await expect(square(page)).toBeFocused();
    const before = await square(page).boundingBox();
    const area = await page.locator('#crop-area').boundingBox();
    if (!before || !area) throw new Error('no square');
    const client = await page.context().newCDPSession(page);
    const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          apart === undefined
            ? []
            : [
                { x: x - apart, y, id: 0 },
                { x: x + apart, y, id: 1 },
              ],
      });
    await touch('touchStart', 60);
    for (const apart of [54, 48, 42, 36, 30]) await touch('touchMove', apart);
    await touch('touchEnd');
    await expect.poll(async () => ((await square(page).boundingBox())?.width ?? 0) / before.width).toBeLessThan(0.6);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('dialog[open] :is(button, input), #crop')]
        .filter((node) => node.getBoundingClientRect().height < 43.5)
        .map(({ outerHTML }) => outerHTML),
    );
    expect(small).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use this part' }).tap();
    await expect(page).toHaveURL(/photo=rocket--\d+-\d+-\d+-\d+/);
  });
});
