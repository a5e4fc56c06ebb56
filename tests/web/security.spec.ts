// Nothing of others is ever more than text, and nothing is asked for elsewhere: every other test holds that too (fixtures.ts), under the
// policy that the pages carry and hosts send.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { meansOfChannels } from '../node/support/onnx.mjs';
import { siteFolder } from './assets.js';
import { converged, expect, hand, test } from './fixtures.js';

const pages = readdirSync(siteFolder).filter((name) => name.endsWith('.html'));

/** Seen as a node wherever it is taken for more than text. */
const markup = (name: string) =>
  `${name}<b class="injected">!</b><img class="injected" src="x" onerror="document.title = 'hit'">`;

/** In the page and in everything that is shadowed in it. */
const injected = (page: Page) =>
  page.evaluate(() => {
    const within = (root: ParentNode): number =>
      root.querySelectorAll('.injected').length +
      [...root.querySelectorAll('*')].reduce((sum, { shadowRoot }) => sum + (shadowRoot ? within(shadowRoot) : 0), 0);
    return within(document) + Number(document.title === 'hit');
  });

/** Red, green or blue: three classes whose names are markup, told by the means of the channels. */
const classes = ['red', 'green', 'blue'].map(markup);
const network = () => {
  const metadata = { 'smoothgrad.std': '255', 'smoothgrad.classes': classes.join('\n'), 'smoothgrad.name': markup('network') };
  const before = [{ op: 'MaxPool', reads: ['x'], makes: 'most', kernel_shape: [2, 2], strides: [2, 2] }];
  const weights = [0, 1, 2].map((i) => [0, 1, 2].map((k) => Number(i === k)));
  return [...meansOfChannels(weights, { input: [1, 3, 32, 32], metadata, before, reads: 'most' })];
};

test('every page has the policy, and the one that hosts send is no weaker', () => {
  const metaOf = (name: string) =>
    readFileSync(join(siteFolder, name), 'utf8').match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1];
  const directives = (policy: string) =>
    Object.fromEntries(policy.split('; ').map((text) => [text.split(' ')[0], text.split(' ').slice(1)])) as Record<
      string,
      string[]
    >;
  const sent = directives(/Content-Security-Policy: (.+)/.exec(readFileSync(join(siteFolder, '_headers'), 'utf8'))?.[1] ?? '');
  // It is an example of a page of somebody's own.
  const ours = pages.filter((name) => name !== 'embed.html');
  for (const name of ours) {
    const policy = directives(metaOf(name) ?? '');
    expect(policy['default-src'], name).toEqual(["'none'"]);
    expect(policy['require-trusted-types-for'], name).toEqual(["'script'"]);
    expect(JSON.stringify(policy), name).not.toContain('unsafe-inline');
    for (const [directive, sources] of Object.entries(policy)) {
      if (directive === 'trusted-types') continue;
      for (const source of sources) expect(sent[directive], `${name}: ${directive}`).toContain(source);
    }
  }
  expect(
    Object.values(sent)
      .flat()
      .filter((source) => /^\*$|^https?:|^'unsafe/.test(source)),
  ).toEqual([]);
});

for (const page of pages) {
  test(`${page}: what an address says is text`, async ({ page: tab, site }) => {
    const names = [
      'photo',
      'model',
      'target',
      'versus',
      'layer',
      'method',
      'rows',
      'row',
      'columns',
      'column',
      'left',
      'right',
    ];
    const more = ['digit', 'view', 'colours', 'samples', 'noise', 'seed', 'until', 'convention', 'section', 'story'];
    const address = new URLSearchParams([...names, ...more].map((name) => [name, markup(name)]));
    await site.open(address.toString(), page);
    await tab.waitForFunction(() => document.body.innerText.length > 10);
    await expect.poll(() => injected(tab)).toBe(0);
    await site.open(
      new URLSearchParams({ photo: 'own-"><b class=injected>', model: 'own-<b class=injected>' }).toString(),
      page,
    );
    await tab.waitForFunction(() => document.body.innerText.length > 10);
    expect(await injected(tab)).toBe(0);
  });
}

test.describe('a network and photos whose names are markup', () => {
  test('on the first page: menus, classes, notices, links, figures, the saved picture', async ({ page, site }) => {
    await site.open('samples=2');
    await hand(page, 'drop', { name: `${markup('file').replaceAll('/', '')}.onnx`, bytes: network() });
    await expect(page.locator('#sheet-guesses')).toContainText('<b class="injected">');
    expect(await injected(page)).toBe(0);
    await page.getByRole('button', { name: 'Use this model' }).click();
    await expect(page).toHaveURL(/own-/);
    await page.goto(`${page.url()}&samples=2&channels=signed-sum`);
    await converged(page, 2);
    await expect(page.locator('#subject')).toContainText('<b class="injected">');
    for (const name of classes) await expect(page.locator('#classes')).toContainText(name);
    await hand(page, 'drop', { name: `${markup('cup').replaceAll('/', '')}.webp`, from: site.at('photos/coffee.webp') });
    await expect(page).toHaveURL(/photo=own-/);
    await converged(page, 2);
    await hand(page, 'drop', { name: `${markup('broken').replaceAll('/', '')}.jpg`, bytes: [1, 2, 3] });
    await expect(page.locator('#notice-text')).toContainText('broken<b class="injected">');
    expect(await injected(page)).toBe(0);
    await page.getByText('Save, share, merge').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save-picture').click()]);
    expect(download.suggestedFilename()).not.toMatch(/[<>"/\\]/);
    expect(await injected(page)).toBe(0);
  });

  test('on every page that takes networks or photos', async ({ page, site }) => {
    await site.open('samples=2');
    await hand(page, 'drop', { name: 'three.onnx', bytes: network() });
    await page.getByRole('button', { name: 'Use this model' }).click();
    await expect(page).toHaveURL(/own-/);
    const model = new URL(page.url()).searchParams.get('model');
    for (const [file, state] of [
      ['compare.html', '#grid td[data-state=done]'],
      ['pair.html', '#left-subject'],
      ['guide.html', '#subject'],
    ] as const) {
      await site.open(`model=${model}&samples=2`, file);
      await expect(page.locator(state).first(), file).toBeVisible();
      const name = `${markup('broken').replaceAll('/', '')}.jpg`;
      await hand(page, 'drop', { name, bytes: [0xff, 0xd8, 0xff, 1, 2, 3] }, 'main');
      await expect(page.locator('body'), file).toContainText('broken<b class="injected">');
      expect(await injected(page), file).toBe(0);
    }
  });
});
