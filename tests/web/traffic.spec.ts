// What crosses between the page and the engine's worker: bytes for a dropped photo, messages for a frame and for another look.
// Counted are the buffers in messages, both ways; a File or Blob is handed over by reference, whatever its size.
import type { Page } from '@playwright/test';
import { converged, expect, hand, modes, test } from './fixtures.js';

interface Traffic {
  /** Calls that the page has posted, by the method that each is of. */
  calls: string[];
  /** Of buffers, both ways. */
  bytes: number;
}

type Watched = typeof globalThis & { traffic: Traffic };

/** Counts from the start, before the package hears of a message. */
function watch() {
  const traffic: Traffic = { calls: [], bytes: 0 };
  Object.assign(window, { traffic });

  const bytesOf = (value: unknown, seen = new Set<unknown>()): number => {
    if (typeof value !== 'object' || value === null || value instanceof Blob) return 0;
    const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
    if (seen.has(buffer)) return 0;
    seen.add(buffer);
    if (buffer instanceof ArrayBuffer) return buffer.byteLength;
    return Object.values(value).reduce((sum: number, inner) => sum + bytesOf(inner, seen), 0);
  };

  const { postMessage, addEventListener } = Worker.prototype;
  const watched = new WeakSet<Worker>();
  Object.assign(Worker.prototype, {
    postMessage(this: Worker, message: { method: string }, ...rest: []) {
      traffic.calls.push(message.method);
      traffic.bytes += bytesOf(message);
      return postMessage.call(this, message, ...rest);
    },
    addEventListener(this: Worker, ...listener: Parameters<Worker['addEventListener']>) {
      if (!watched.has(this)) {
        watched.add(this);
        addEventListener.call(this, 'message', (event) => {
          traffic.bytes += bytesOf((event as MessageEvent).data);
        });
      }
      return addEventListener.apply(this, listener);
    },
  });
}

const traffic = (page: Page) => page.evaluate(() => structuredClone((globalThis as Watched).traffic));

/** What has crossed since now, once both maps show another class and what the network sees was drawn. */
const untilShown = (page: Page) =>
  page.evaluateHandle(() => {
    const { traffic } = globalThis as Watched;
    const before = { calls: traffic.calls.length, bytes: traffic.bytes };
    type Map = HTMLElement & { raw: { target: number } };
    const maps = [...document.querySelectorAll<Map>('smooth-grad')].map((map) => {
      const { target } = map.raw;
      return new Promise<void>((drawn) => {
        map.addEventListener('drawn', () => map.raw.target !== target && drawn());
      });
    });
    const photo = new Promise<void>((drawn) => {
      const { putImageData } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.putImageData = function (...picture: unknown[]) {
        putImageData.apply(this, picture as Parameters<typeof putImageData>);
        if (this.canvas.id === 'photo') drawn();
      };
    });
    const all = Promise.all([...maps, photo]).then(() => ({
      calls: traffic.calls.slice(before.calls),
      bytes: traffic.bytes - before.bytes,
    }));
    // Wrapped, or it would be waited for here.
    return { all };
  });

test.beforeEach(({ page }) => page.addInitScript(watch));

for (const mode of modes) {
  test.describe(mode, () => {
    test.use({ mode });

    test('a dropped photo: at most a megabyte until both maps show it', async ({ page, site }) => {
      await site.open('samples=4');
      await converged(page, 4);
      const shown = await untilShown(page);
      await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
      const { calls, bytes } = await shown.evaluate(({ all }) => all);
      test.info().annotations.push({ type: 'bytes', description: String(bytes) });
      expect(calls.filter((call) => ['prepare', 'photoPixels'].includes(call))).toEqual(['prepare', 'photoPixels']);
      expect(calls.filter((call) => call === 'explain')).toHaveLength(2);
      // The photo before it is given back.
      expect(calls.filter((call) => call === 'closePhoto')).toHaveLength(1);
      expect(bytes).toBeGreaterThan(224 * 224 * 4);
      expect(bytes).toBeLessThanOrEqual(1e6);
    });

    test('a photo that is dropped on a run: nothing of the one before once it is paused', async ({ page, site }) => {
      await site.open('samples=1000');
      await expect(page.locator('#count')).toHaveText(/^([5-9]|\d\d+) of 1,000 samples$/);
      const shown = await untilShown(page);
      await hand(page, 'drop', { name: 'cup.webp', from: 'photos/coffee.webp' });
      const { calls } = await shown.evaluate(({ all }) => all);
      expect(calls).not.toContain('resume');
    });

    test('a frame is one round trip', async ({ page, site }) => {
      await site.open('samples=1000&view=map');
      await expect(page.locator('#count')).toHaveText(/^([5-9]|\d\d+) of 1,000 samples$/);
      const { calls, frames } = await page.evaluate(async () => {
        const { traffic } = globalThis as Watched;
        const before = traffic.calls.length;
        let frames = 0;
        await new Promise<void>((enough) => {
          document.querySelector('#map')?.addEventListener('drawn', () => ++frames === 20 && enough());
        });
        return { calls: traffic.calls.slice(before), frames };
      });
      // What can be trusted is asked anew when there are a fifth more samples, however many frames that is.
      const others = calls.filter((call) => call !== 'next');
      expect(new Set(others).size).toBeLessThanOrEqual(1);
      expect(others.every((call) => call === 'reliability')).toBe(true);
      expect(others.length).toBeLessThan(frames / 2);
      // The first of them had been asked for already.
      expect(calls.length - others.length).toBe(frames - 1);
    });
  });
}

for (const state of ['done', 'paused'] as const) {
  test(`another look at a run that is ${state} is one message, and no sample`, async ({ page, site }) => {
    await site.open(state === 'done' ? 'samples=3' : 'samples=1000');
    const count = page.locator('#count');
    if (state === 'done') await converged(page, 3);
    else {
      await expect(count).toHaveText(/^([3-9]|\d\d+) of 1,000/);
      await page.locator('#play').click();
      await expect(count).toHaveText(/paused$/);
    }
    const samples = await count.textContent();
    await page.getByText('Picture in detail').click();

    const looks: Record<string, () => Promise<unknown>> = {
      window: () => page.locator('#window').fill('2.5'),
      magnitude: () => page.locator('#magnitude').selectOption('corrected'),
    };
    for (const [name, change] of Object.entries(looks)) {
      const drawn = await page.locator('#map').evaluateHandle((map) => {
        return { drawn: new Promise((resolve) => map.addEventListener('drawn', resolve, { once: true })) };
      });
      const before = (await traffic(page)).calls.length;
      await change();
      await drawn.evaluate(async ({ drawn }) => void (await drawn));
      expect((await traffic(page)).calls.slice(before), name).toEqual(['redraw']);
    }

    // The colours are those of both maps of the two-up, and of the bar of their keys when it is drawn for the first time.
    const before = (await traffic(page)).calls.length;
    await page.locator('#colours').selectOption('inferno');
    await expect.poll(async () => (await traffic(page)).calls.slice(before)).toEqual(['redraw', 'redraw', 'renderMap']);
    await expect(count).toHaveText(samples as string);
  });
}
