// From a photo dropped on the site's main page, which is warm, to the first map that is drawn: what a user waits.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { serve } from '../../wasm/tasks/serve.mjs';
import { least, median } from './numbers.mjs';

const photos = ['chelsea.webp', 'coffee.webp', 'astronaut.webp'];
const warmUps = 2;
/** So few that a run has ended when the next photo is dropped: what is drawn then is of the new photo. */
const samples = 5;

/** Before the page's scripts: when each of the two elements gets another picture. */
export function watchCanvases() {
  window.drawn = {};
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...picture) {
    put.apply(this, picture);
    const { host } = this.canvas.getRootNode();
    if (host?.localName === 'smooth-grad') window.drawn[host.id] ??= performance.now();
  };
}

/** Drops a file and resolves to {plain, map}: milliseconds until the plain gradient and the method's map are there. */
async function drop([base64, name]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: 'image/webp' }));
  window.drawn = {};
  const begin = performance.now();
  dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  while (!(window.drawn.map && window.drawn.plain)) await new Promise((resolve) => setTimeout(resolve, 5));
  return { plain: window.drawn.plain - begin, map: window.drawn.map - begin };
}

/** -> {first, map: {minimum, median}}: any of the two maps, and the one of many samples, in milliseconds. */
export async function measureFirstMap(browser, { rounds }) {
  const site = await serve();
  const page = await browser.newPage();
  try {
    await page.addInitScript(watchCanvases);
    await page.goto(`${site.address}?samples=${samples}`);
    await page.waitForFunction(() => window.drawn.map && window.drawn.plain);
    const files = await Promise.all(
      photos.map(async (name) => [(await readFile(join(root, 'web/photos', name))).toString('base64'), name]),
    );
    const times = [];
    for (let round = -warmUps; round < rounds; ++round) {
      const dropped = await page.evaluate(drop, files[(round + warmUps) % files.length]);
      if (round >= 0) times.push(dropped);
      await page.getByText(`${samples} of ${samples} samples`).first().waitFor();
      await page.waitForTimeout(300);
    }
    const summary = (values) => ({ minimum: least(values), median: median(values) });
    return {
      first: summary(times.map(({ plain, map }) => Math.min(plain, map))),
      map: summary(times.map(({ map }) => map)),
    };
  } finally {
    await page.close();
    await site.close();
  }
}
