// By the Tab key alone, from a page's beginning to its end: all that can be pressed is reached, it is seen where one is, and nothing holds one.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

/** And what each has once all of it is there. */
const pages = {
  '': ['samples=1', '#play:enabled'],
  'guide.html': ['copy=2', '#answer-says button'],
  'compare.html': ['rows=noise&columns=samples&row=0+0.1&column=1+2', '#grid td.drawn'],
  'pair.html': ['samples=10', 'body:has(#play:enabled):has([data-side=right] .cropping button:enabled)'],
  'lab.html': ['samples=1', '#digits button'],
  'results.html': ['', '.claim'],
  'docs.html': ['', '.copy'],
} as const;

// The page scrolls to what has the focus at once.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

interface Stop {
  /** What has the focus; empty: the page has come to its end. */
  what: string;
  isSeen: boolean;
  /** It had the focus before. */
  again: boolean;
}

declare global {
  interface Window {
    reached: Set<Element>;
  }
}

/** Where the focus is, also in shadow trees. */
const look = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    if (!node || node === document.body) return { what: '', isSeen: true, again: false };
    const isRinged = (of: Element | null, pseudo?: string) => {
      const style = of && getComputedStyle(of, pseudo);
      return style !== null && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    };
    // A control that lies unseen over what is drawn in its place.
    const drawn = node.nextElementSibling;
    const isRing = isRinged(node) || isRinged(drawn) || isRinged(drawn, '::after');
    const { top, bottom, left, right, width } = node.getBoundingClientRect();
    const isInWindow = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 0;
    window.reached ??= new Set();
    const again = window.reached.has(node);
    window.reached.add(node);
    return { what: node.outerHTML.slice(0, 120), isSeen: isRing && isInWindow, again };
  });

/** What can be pressed and was not reached. Of radio buttons one is; of a list with arrow keys too. */
const missed = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')]
      .filter((node) => node.tabIndex >= 0 && !node.matches(':disabled, [type=radio]') && node.checkVisibility())
      .filter((node) => !window.reached.has(node) && !(node.shadowRoot && !node.hasAttribute('tabindex')))
      .map((node) => node.outerHTML.slice(0, 120)),
  );

for (const [file, [search, ready]] of Object.entries(pages)) {
  test(`${file || 'the first page'}: the Tab key goes through all of it`, async ({ page, site }) => {
    await site.open(search, file);
    await expect(page.locator(ready).first()).toBeAttached();
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
    });
    const unseen: string[] = [];
    let stops = 0;
    for (; stops < 600; ++stops) {
      await page.keyboard.press('Tab');
      const { what, isSeen, again } = await look(page);
      if (what === '' || again) break;
      if (!isSeen) unseen.push(what);
    }
    expect(stops, 'it ends').toBeLessThan(600);
    expect(stops).toBeGreaterThan(10);
    expect(unseen, 'has the focus, and nobody sees it').toEqual([]);
    expect(await missed(page), 'is not reached').toEqual([]);
    await page.keyboard.press('Shift+Tab');
    const { again } = await look(page);
    expect(again, 'and back').toBe(true);
  });
}
