// The stage: zoom by buttons, keys, wheel and two fingers, pan, and the value of a pixel.
import type { Page } from '@playwright/test';
import { converged, expect, test } from './fixtures.js';

const value = (page: Page) => page.locator('#value');
const zoomOf = async (page: Page) =>
  Number(await page.locator('#two-up').evaluate((box) => box.style.getPropertyValue('--zoom')));

async function stageBox(page: Page) {
  const box = await page.locator('#two-up').boundingBox();
  if (!box) throw new Error('the stage is not shown');
  return (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
}

test('buttons and keys zoom, and the address has it', async ({ page, site }) => {
  await site.open('samples=4&view=map');
  await converged(page, 4);
  await expect(page.getByRole('button', { name: 'Smaller' })).toBeDisabled();
  await page.getByRole('button', { name: 'Larger' }).click();
  await page.keyboard.press('+');
  expect(await zoomOf(page)).toBeCloseTo(2.56, 2);
  await expect(page).toHaveURL(/zoom=2.56/);
  await page.keyboard.press('-');
  expect(await zoomOf(page)).toBeCloseTo(1.6, 2);
  await page.keyboard.press('0');
  expect(await zoomOf(page)).toBe(1);
  await expect(page).not.toHaveURL(/zoom/);
  await expect(page.locator('#count')).toHaveText('4 of 4 samples');
});

test('the pixel under the pointer stays there while the wheel zooms and a drag pans', async ({ page, site }) => {
  await site.open('samples=4&view=map');
  await converged(page, 4);
  const at = await stageBox(page);
  await page.mouse.move(...at(0.3, 0.65));
  await expect(value(page)).toHaveText(/^6\d, 14\d: 0\.\d+ ± 0\.\d+$/);
  const before = await value(page).textContent();
  await page.mouse.wheel(0, -600);
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(3);
  await expect(value(page)).toHaveText(before as string);
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.5), { steps: 5 });
  await page.mouse.up();
  await expect(value(page)).toHaveText(before as string);
  await page.mouse.wheel(0, 4000);
  await expect.poll(() => zoomOf(page)).toBe(1);
});

test('the finder moves by arrow keys, reads both sides of the divide, and stays in view', async ({ page, site }) => {
  await site.open('samples=4&zoom=8&x=0.5&y=0.5');
  await converged(page, 4);
  const finder = page.getByRole('application', { name: /Pixel finder/ });
  await finder.focus();
  await expect(value(page)).toHaveText(/^112, 112: .* ± /);
  const right = await value(page).textContent();
  await finder.press('ArrowLeft');
  await expect(value(page)).toHaveText(/^111, 112: /);
  await finder.press('ArrowRight');
  await expect(value(page)).toHaveText(right as string);
  await page.locator('#divide').fill('100');
  await finder.focus();
  await expect(value(page)).toHaveText(/^112, 112: [\d.]+$/);
  for (let i = 0; i < 5; i++) await finder.press('Shift+ArrowDown');
  await expect(value(page)).toHaveText(/^112, 162: /);
  const [stage, ring] = [await page.locator('#two-up').boundingBox(), await finder.boundingBox()];
  expect(stage && ring && ring.y > stage.y && ring.y + ring.height < stage.y + stage.height).toBe(true);
});

test('a finger that goes down the page leaves the divide where it is, one that goes sideways takes it along', async ({
  browser,
  site,
}) => {
  const page = await browser.newPage({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  await page.goto(site.at('?samples=4'));
  await converged(page, 4);
  const inView = () =>
    page.locator('#two-up').evaluate((stage) => stage.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await inView();
  const at = await stageBox(page);
  const client = await page.context().newCDPSession(page);
  const divide = () => page.locator('#divide').inputValue();
  const finger = async (...way: [number, number][]) => {
    for (const [i, [x, y]] of way.entries()) {
      const [left, top] = at(x, y);
      const type = i === 0 ? 'touchStart' : 'touchMove';
      await client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: left, y: top }] });
    }
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await finger([0.2, 0.7], [0.21, 0.6], [0.21, 0.5], [0.21, 0.4]);
  expect(await divide()).toBe('50');
  await inView();
  await finger([0.4, 0.5], [0.5, 0.5], [0.6, 0.51], [0.7, 0.5]);
  expect(Number(await divide())).toBeCloseTo(70, 0);
  await finger([0.3, 0.5]);
  expect(Number(await divide())).toBeCloseTo(30, 0);
  await page.close();
});

test.describe('by two fingers', () => {
  test.use({ hasTouch: true });

  test('a pinch zooms', async ({ page, site }) => {
    await site.open('samples=4&view=map');
    await converged(page, 4);
    const at = await stageBox(page);
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) => {
      const points = [at(0.5 - apart, 0.5), at(0.5 + apart, 0.5)].map(([x, y], id) => ({ x, y, id }));
      return client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : points });
    };
    await touch('touchStart', 0.1);
    for (const apart of [0.15, 0.2, 0.25, 0.3]) await touch('touchMove', apart);
    await touch('touchEnd', 0.3);
    expect(await zoomOf(page)).toBeGreaterThan(2);
    expect(await zoomOf(page)).toBeLessThan(4);
  });
});
