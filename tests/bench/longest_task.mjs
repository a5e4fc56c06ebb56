// How long the site's main page keeps the browser from answering, at most: the longest task of its main thread, from its opening
// on and while samples run, in processor time.
import { serve } from '../../wasm/tasks/serve.mjs';
import { mainThread } from '../web/main_thread.mjs';
import { least, median } from './numbers.mjs';

const samples = 50;

/** -> {minimum, median} over the rounds, in milliseconds. */
export async function measureLongestTask(browser, { rounds }) {
  const site = await serve();
  const longest = [];
  try {
    for (let round = 0; round < rounds; ++round) {
      const page = await browser.newPage();
      const { tasks } = await mainThread(browser, page, async () => {
        await page.goto(`${site.address}?samples=${samples}&magnitude=corrected&window=2&view=overlay`);
        await page.getByText(`${samples} of ${samples} samples`).first().waitFor();
      });
      longest.push(Math.max(...tasks));
      await page.close();
    }
  } finally {
    await site.close();
  }
  return { minimum: least(longest), median: median(longest) };
}
