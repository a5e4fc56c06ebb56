// What the main thread of a page does, by Chromium's trace: the processor time of its tasks, since a busy machine may keep the page
// from its core; and that of a yardstick, a fixed piece of work done again and again in between, since machines differ.

/** The aim: no task takes longer, in milliseconds of processor time on the machine of the README's figures. */
export const longestMs = 50;
/** What the yardstick takes there. */
const yardstickMs = 0.78;

/** The aim on a machine where the yardstick takes so long. */
export const longestWhere = (yardstick) => (longestMs * yardstick) / yardstickMs;

const name = 'yardstick';

/** Before the page's scripts: strings, sorting, JSON and elements, as the page's own scripts have them. */
function startYardstick(name) {
  setInterval(() => {
    performance.mark(name);
    const words = Array.from({ length: 1200 }, (_, i) => String(Math.imul(i, 2654435761) >>> 0)).sort();
    const list = document.createElement('ul');
    for (const word of JSON.parse(JSON.stringify(words.slice(0, 300)))) {
      list.append(Object.assign(document.createElement('li'), { textContent: word }));
    }
  }, 50);
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Resolves to the milliseconds of processor time of each task of the page's main thread while `use` opens the page and works with
 * it, and to those of the yardstick, the median of its turns, which are not among the tasks.
 */
export async function mainThread(browser, page, use) {
  await page.addInitScript(startYardstick, name);
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await use();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const marks = traceEvents.filter((event) => event.name === name);
  const own = ({ pid, tid }) => pid === marks[0]?.pid && tid === marks[0].tid;
  const all = traceEvents.filter((event) => event.name.endsWith('RunTask') && own(event));
  const isYardstick = (task) => marks.some(({ ts }) => ts >= task.ts && ts <= task.ts + task.dur);
  const times = (tasks) => tasks.map(({ tdur = 0 }) => tdur / 1000);
  return {
    tasks: times(all.filter((task) => !isYardstick(task))),
    yardstick: middle(times(all.filter(isYardstick))),
  };
}
