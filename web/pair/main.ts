// Two objects: photos -> one input -> two maps of a class difference. Each part is a file of its own; here they are joined.
import type { Engine, Progress } from 'smoothgrad';
import { endArrival, showArrival } from '../common/arrival.js';
import '../common/carry.js';
import { byId } from '../common/dom.js';
import { engineIsGone, sentenceOf } from '../common/failures.js';
import { connectMenu, connectOption, connectSeed, toPercent } from '../common/fields.js';
import { isolate } from '../common/isolate.js';
import { showModelNotes } from '../common/model_notes.js';
import { createNotices } from '../common/notice.js';
import { createPhotoInput } from '../common/photo_input.js';
import { closeSession, session, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine } from '../common/status.js';
import { createStore } from '../common/store.js';
import { createTheme } from '../common/theme.js';
import { createDifferenceMap } from './difference_map.js';
import { createHalves, type Pair } from './halves.js';
import { savePicture } from './save.js';
import { createSidePanel } from './side_panel.js';
import { classKey, defaults, readers, type Side, type State, sides } from './state.js';

await isolate();

const methods = ['gradient', 'smoothgrad'] as const;
const counts = [10, 20, 50, 100, 200, 500, 1000].map((count) => ({ name: String(count), title: count.toLocaleString('en') }));

const store = createStore<State>(defaults, readers);
const notices = createNotices();
const theme = createTheme(() => {});
const maps = methods.map((method) => createDifferenceMap(byId(method), showProgress, failed));
let engine: Engine | undefined;
let names: readonly string[] = [];
let pair: Pair | undefined;
let stopped = false;

async function startAgain() {
  if (!engine) await begin().catch(failed);
  else await closeSession();
  halves.again();
}
/** Says what keeps the maps from being made; the next run takes it away. */
let troubled = false;
function failed(error: unknown) {
  const canStart = !engine || engineIsGone(error);
  troubled = true;
  endArrival();
  notices.show(sentenceOf(error), canStart ? { title: 'Start again', run: startAgain } : undefined);
}

const play = byId<HTMLButtonElement>('play');
const countOf = ({ done, goal }: Progress) =>
  `${done.toLocaleString('en')} of ${goal.toLocaleString('en')} samples${stopped ? ', stopped' : ''}`;
function showProgress() {
  const smooth = maps[1]?.figures?.progress;
  byId('count').textContent = smooth ? countOf(smooth) : 'Starting';
  if (!smooth) return;
  play.disabled = false;
  play.textContent = stopped ? 'Go on' : smooth.state === 'done' ? 'Done' : 'Stop';
  play.setAttribute('aria-disabled', String(!stopped && smooth.state === 'done'));
}
function toggle() {
  if (play.disabled || maps[1]?.figures?.progress.state === 'done') return;
  stopped = !stopped;
  for (const map of maps) map.show({ paused: stopped });
  showProgress();
}
play.addEventListener('click', toggle);

/** What each half is asked for. */
const classOf = (side: Side) => store.get()[classKey(side)] ?? pair?.halves[side].top[0]?.index;
const nameOf = (side: Side) => names[classOf(side) ?? -1] ?? '…';

function run() {
  for (const side of sides) {
    byId(`${side}-subject`).textContent = nameOf(side);
    byId(`${side}-key`).textContent = `${side === 'left' ? 'red' : 'blue'}: for ${nameOf(side)}`;
  }
  const { difference, noise, samples, seed, percentile } = store.get();
  const [target, versus] = [classOf('left'), classOf('right')];
  if (!pair || target === undefined || versus === undefined) return;
  if (target === versus)
    return failed(new Error(`both halves are asked for “${nameOf('left')}”: choose two different classes`));
  if (troubled) notices.hide();
  troubled = stopped = false;
  const { network, photo } = pair;
  // A gradient's difference keeps its signs; of scaled maps it is a difference of magnitudes.
  const channels = difference === 'gradient' ? 'signed-sum' : undefined;
  const classes = { target: String(target), versus: String(versus) };
  for (const map of maps) {
    map.show({ network, photo, ...classes, difference, noise, samples, seed, channels, percentile, paused: false });
  }
}

const panels = sides.map((side) => createSidePanel(store, side, (photo) => halves.put(side, photo)));
const halves = createHalves(store, {
  notices,
  changed(next) {
    pair = next;
    for (const [i, side] of sides.entries()) panels[i]?.classified(next.halves[side].top, names);
    run();
  },
  failed,
});

/** The half that something happened to: that of its panel or of the picture, else of the window. */
function sideAt(where: Element | null, x = 0): Side {
  const panel = where?.closest<HTMLElement>('[data-side]')?.dataset.side;
  if (panel) return panel as Side;
  const picture = where?.closest('#both')?.getBoundingClientRect();
  const middle = picture ? picture.left + picture.width / 2 : innerWidth / 2;
  return x < middle ? 'left' : 'right';
}
const choosers = panels.map(({ chooser }) => chooser);
const { choose } = createPhotoInput(([file], where, x) => halves.take(sideAt(where, x), file), choosers);

store.subscribe((state, before) => {
  if (!before || state.left !== before.left || state.right !== before.right) return;
  if (state.percentile !== before.percentile) for (const map of maps) map.show({ percentile: state.percentile });
  else run();
});

function swap() {
  const { left, right, leftClass, rightClass } = store.get();
  store.set({ left: right, right: left, leftClass: rightClass, rightClass: leftClass });
}
byId('swap').addEventListener('click', swap);

const save = () =>
  savePicture(store.get(), {
    classes: [nameOf('left'), nameOf('right')],
    difference: byId<HTMLSelectElement>('difference').selectedOptions[0]?.textContent ?? '',
    maps,
  }).catch(failed);
byId('save').addEventListener('click', save);

createShortcuts([
  { key: ' ', cap: 'Space', title: 'Stop or go on', run: toggle },
  { key: 'x', cap: 'X', title: 'Swap the halves', run: swap },
  { key: 'l', cap: 'L', title: 'Choose the left photo', run: () => choose(choosers[0]) },
  { key: 'r', cap: 'R', title: 'Choose the right photo', run: () => choose(choosers[1]) },
  { key: 's', cap: 'S', title: 'Save as a picture', run: save },
  { key: 't', cap: 'T', title: 'Theme', run: theme.next },
]);

watchLoading(showArrival);
async function begin() {
  const { engine: opened, model } = await session();
  endArrival();
  engine = opened;
  names = model.classNames;
  showEngine(engine);
  showModelNotes(model);
  for (const [i, method] of methods.entries()) {
    maps[i]?.name(engine.methods.find(({ name }) => name === method)?.title ?? method);
  }
  connectMenu(store, 'difference', 'difference', engine.differences);
  connectMenu(store, 'samples', 'samples', counts, Number);
  connectOption(store, { key: 'noise', unit: 0.01, words: toPercent });
  connectOption(store, { key: 'percentile', unit: 1, words: String });
  connectSeed(store);
  for (const panel of panels) panel.searchable(names);
  run();
}
await begin().catch(failed);
