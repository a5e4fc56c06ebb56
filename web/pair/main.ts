// Two objects: photos -> one input -> two maps of a class difference. Each part is a file of its own; here they are joined.
import type { SmoothGradError } from 'smoothgrad';
import { byId } from '../shared/dom.js';
import { connectMenu, connectSeed, connectSlider, toPercent } from '../shared/fields.js';
import { isolate } from '../shared/isolate.js';
import { createNotices } from '../shared/notice.js';
import { createPhotoInput } from '../shared/photo_input.js';
import { download, drawPicture, toBlob } from '../shared/picture.js';
import { closeSession, session } from '../shared/session.js';
import { createShortcuts } from '../shared/shortcuts.js';
import { showEngine } from '../shared/status.js';
import { createStore } from '../shared/store.js';
import { createTheme } from '../shared/theme.js';
import { createDifferenceMap } from './difference_map.js';
import { createHalves, type Pair } from './halves.js';
import { createSidePanel } from './side_panel.js';
import { classKey, defaults, readers, type Side, type State, sides } from './state.js';

await isolate();

const store = createStore<State>(defaults, readers);
const notices = createNotices();
const theme = createTheme(() => {});
const methods = ['gradient', 'smoothgrad'] as const;
const counts = [10, 20, 50, 100, 200, 500, 1000];

const { engine, model } = await session();
showEngine(engine);

const failed = (error: unknown) => {
  const { code, message } = error as SmoothGradError;
  const said = `${message[0]?.toUpperCase()}${message.slice(1).replace(/\.$/, '')}. The last maps are kept.`;
  notices.show(said, code === 'bad-option' ? undefined : { title: 'Start again', run: startAgain });
};
const titleOf = (method: string) => engine.methods.find(({ name }) => name === method)?.title ?? method;
const maps = methods.map((method) => createDifferenceMap(byId(method), titleOf(method), showProgress, failed));
const play = byId('play');
let stopped = false;
let pair: Pair | undefined;

function showProgress() {
  const smooth = maps[1]?.figures;
  if (!smooth) return;
  const { samples, goal, state } = smooth;
  play.textContent = stopped ? 'Go on' : state === 'done' ? 'Done' : 'Stop';
  play.setAttribute('aria-disabled', String(!stopped && state === 'done'));
  byId('count').textContent =
    `${samples.toLocaleString('en')} of ${goal.toLocaleString('en')} samples${stopped ? ', stopped' : ''}`;
}
function toggle() {
  if (maps[1]?.figures?.state === 'done') return;
  stopped = !stopped;
  for (const map of maps) stopped ? map.stop() : map.goOn();
  showProgress();
}
play.addEventListener('click', toggle);

/** What each half is asked for. */
const classOf = (side: Side) => store.get()[classKey(side)] ?? pair?.halves[side].top[0]?.index;
const nameOf = (side: Side) => model.classNames[classOf(side) ?? -1] ?? '…';

function run() {
  if (!pair) return;
  const { difference, noise, samples, seed, percentile } = store.get();
  const [target, versus] = [classOf('left'), classOf('right')];
  for (const side of sides) {
    byId(`${side}-subject`).textContent = nameOf(side);
    byId(`${side}-key`).textContent = `${side === 'left' ? 'red' : 'blue'}: for ${nameOf(side)}`;
  }
  if (target === undefined || versus === undefined) return;
  if (target === versus) return notices.show(`Both halves are asked for “${nameOf('left')}”: choose two different classes.`);
  notices.hide();
  stopped = false;
  // A gradient's difference keeps its signs; of scaled maps it is a difference of magnitudes.
  const channels = difference === 'gradient' ? { channels: 'signed-sum' } : {};
  for (const [i, method] of methods.entries()) {
    maps[i]?.run(pair.input, { method, target, versus, difference, noise, samples, seed, ...channels }, percentile);
  }
}
async function startAgain() {
  await closeSession();
  run();
}

const halves = createHalves(store, notices, (next) => {
  pair = next;
  for (const [i, side] of sides.entries()) panels[i]?.classified(next.halves[side].top);
  run();
});
const panels = sides.map((side) => createSidePanel(store, side, model.classNames, (photo) => halves.put(side, photo)));

/** The half that something happened to: that of its panel or of the picture, else of the window. */
function sideAt(where: Element | null, x = 0): Side {
  const panel = where?.closest<HTMLElement>('[data-side]')?.dataset.side;
  if (panel) return panel as Side;
  const picture = where?.closest('#both')?.getBoundingClientRect();
  const middle = picture ? picture.left + picture.width / 2 : innerWidth / 2;
  return x < middle ? 'left' : 'right';
}
const choosers = panels.map(({ chooser }) => chooser);
const { choose } = createPhotoInput((file, where, x) => halves.take(sideAt(where, x), file), choosers);

connectMenu(store, 'difference', 'difference', engine.differences);
connectMenu(
  store,
  'samples',
  'samples',
  counts.map((count) => ({ name: String(count), title: count.toLocaleString('en') })),
  Number,
);
connectSlider(store, { key: 'noise', unit: 0.01, words: toPercent });
connectSlider(store, { key: 'percentile', unit: 1, words: String });
connectSeed(store);

store.subscribe((state, before) => {
  if (!before || state.left !== before.left || state.right !== before.right) return;
  if (state.percentile !== before.percentile) for (const map of maps) map.redraw(state.percentile);
  else run();
});

function swap() {
  const { left, right, leftClass, rightClass } = store.get();
  store.set({ left: right, right: left, leftClass: rightClass, rightClass: leftClass });
}
byId('swap').addEventListener('click', swap);

function caption(): string {
  const { difference, noise, samples, seed, percentile } = store.get();
  const shares = maps.map(({ figures }, i) => {
    return `${titleOf(methods[i] as string)} ${((figures?.sidedShare ?? Number.NaN) * 100).toFixed(1)} %`;
  });
  const way = engine.differences.find(({ name }) => name === difference)?.title ?? difference;
  const how = `noise ${toPercent(noise)}, ${maps[1]?.figures?.samples ?? samples} samples, seed ${seed}`;
  return `Left “${nameOf('left')}” (red), right “${nameOf('right')}” (blue); ${way}; SmoothGrad: ${how}; drawn up to percentile ${percentile}. On the object it speaks for: ${shares.join(', ')} of the map; one half is chance. Network: ${model.name}.`;
}
async function save() {
  try {
    const cells = [byId<HTMLCanvasElement>('photo'), ...maps.map(({ canvas }) => canvas)];
    const columns = ['Two photos', ...methods.map(titleOf)].map((title) => ({ title }));
    const cell = (_: number, column: number) => cells[column];
    const parts = { rows: [{ title: '' }], columns, cell, photo: () => undefined, note: () => '', caption: caption() };
    const { left, right } = store.get();
    download(await toBlob(drawPicture(parts)), `smoothgrad-${left}-and-${right}.png`);
  } catch (error) {
    failed(error);
  }
}
byId('save').addEventListener('click', save);

createShortcuts([
  { key: ' ', cap: 'Space', title: 'Stop or go on', run: toggle },
  { key: 'x', cap: 'X', title: 'Swap the halves', run: swap },
  { key: 'l', cap: 'L', title: 'Choose the left photo', run: () => choose(choosers[0]) },
  { key: 'r', cap: 'R', title: 'Choose the right photo', run: () => choose(choosers[1]) },
  { key: 's', cap: 'S', title: 'Save as a picture', run: save },
  { key: 't', cap: 'T', title: 'Theme', run: theme.next },
]);
