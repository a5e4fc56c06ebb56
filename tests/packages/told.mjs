// What a project's page says of itself (projects/bundled/explain.js), and what it should.
import { expect } from '@playwright/test';

/** Waits until it says it. */
export async function told(page) {
  const root = page.locator('html[data-told]');
  await expect(root).toHaveCount(1);
  return JSON.parse(await root.getAttribute('data-told'));
}

/** The map of a page that is an example of the documentation. */
export const shows = (page) =>
  expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /tiger cat.*50 of 50 samples/);

/** Explained and trained, on so many threads, and shown by the element. */
export async function works(page, threads) {
  const all = await told(page);
  const { error, top, samples, steps } = all;
  const right = { error: undefined, threads, top: 'tiger cat', samples: 2, steps: 1 };
  expect({ error, threads: all.threads, top, samples, steps }, all.singleThreadReason ?? '').toEqual(right);
  await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /tiger cat.*2 of 2 samples/);
  return all;
}
