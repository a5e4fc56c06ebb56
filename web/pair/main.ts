// Two objects: photos -> one input -> two maps of a class difference. Each part is a file of its own; here they are joined.
import type { Engine, Progress } from 'smoothgrad';
import { endArrival, showArrival } from '../common/arrival.js';
import '../common/carry.js';
import { createCropDialog } from '../common/crop_dialog.js';
import { byId } from '../common/dom.js';
import { engineIsGone, sentenceOf } from '../common/failures.js';
import { connectMenu, connectOption, connectSeed, toPercent } from '../common/fields.js';
import { isolate } from '../common/isolate.js';
import { showModelNotes } from '../common/model_notes.js';
import { createNotices } from '../common/notice.js';
import { showNumber } from '../common/numbers.js';
import { createPhotoInput } from '../common/photo_input.js';
import { closeSession, session, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine } from '../common/status.js';
import { createStore } from '../common/store.js';
import { createTermHelp } from '../common/term_help.js';
import { named, nameOf, text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';
import { signWords, unitWords } from '../common/units.js';
import { createDifferenceMap } from './difference_map.js';
import { createHalves, type Pair } from './halves.js';
import { captionOf, type Shown, savePicture } from './save.js';
import { createSidePanel } from './side_panel.js';
import { classKey, defaults, readers, type Side, type State, sides } from './state.js';

await isolate();

const methods = ['gradient', 'smoothgrad'] as const;
const counts = [10, 20, 50, 100, 200, 500, 1000].map((count) => ({ name: String(count), title: showNumber(count) }));

const store = createStore<State>(defaults, readers);
const notices = createNotices();
const theme = createTheme(() => {});
createTermHelp();
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
  notices.show(sentenceOf(error), canStart ? { title: text('again.start'), run: startAgain } : undefined);
}

/** What a picture of all of it has. */
const shown = (): Shown => ({
  classes: [className('left'), className('right')],
  difference: byId<HTMLSelectElement>('difference').selectedOptions[0]?.textContent ?? '',
  maps,
});

const play = byId<HTMLButtonElement>('play');
const countOf = ({ done, goal }: Progress) => text(stopped ? 'pair.count.stopped' : 'pair.count', { done, goal });
function showProgress() {
  const smooth = maps[1]?.figures?.progress;
  byId('count').textContent = smooth ? countOf(smooth) : text('pair.starting');
  if (!smooth) return;
  if (pair) byId('on-paper').textContent = captionOf(store.get(), shown(), pair.network.model);
  play.disabled = false;
  play.textContent = text(stopped ? 'pair.run.on' : smooth.state === 'done' ? 'pair.run.done' : 'pair.run.stop');
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
const className = (side: Side) => names[classOf(side) ?? -1] ?? '…';

/** What the keys of both maps say. */
function readingOf(method: string, tables: Engine) {
  const { difference, percentile } = store.get();
  const asked = { method, difference, target: className('left'), versus: className('right') };
  return { unit: unitWords(asked, tables), signs: signWords(asked, tables), percentile };
}

function run() {
  for (const side of sides) {
    byId(`${side}-subject`).textContent = className(side);
  }
  const { difference, noise, samples, seed, percentile } = store.get();
  const [target, versus] = [classOf('left'), classOf('right')];
  if (!pair || target === undefined || versus === undefined) return;
  if (target === versus) return failed(new Error(text('pair.same', { name: className('left') })));
  if (troubled) notices.hide();
  troubled = stopped = false;
  const { network, photo } = pair;
  // A gradient's difference keeps its signs; of scaled maps it is a difference of magnitudes.
  const channels = difference === 'gradient' ? 'signed-sum' : undefined;
  const classes = { target: String(target), versus: String(versus) };
  for (const [i, map] of maps.entries()) {
    const what = { network, photo, ...classes, difference, noise, samples, seed, channels, percentile, paused: false };
    map.show(what, readingOf(methods[i] as string, network.engine));
  }
}

const dialog = createCropDialog({ halved: true });
const panels = sides.map((side) => createSidePanel(store, side, { put: (photo) => halves.put(side, photo), notices, dialog }));
const halves = createHalves(store, {
  notices,
  changed(next) {
    pair = next;
    for (const [i, side] of sides.entries()) {
      panels[i]?.classified(next.halves[side].top, names);
      panels[i]?.seen(next.network.model).catch(failed);
    }
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
const { choose } = createPhotoInput((files, where, x) => halves.take(sideAt(where, x), files), notices, choosers);

store.subscribe((state, before) => {
  if (!before || state.left !== before.left || state.right !== before.right) return;
  if (state.percentile === before.percentile || !engine) return run();
  for (const [i, map] of maps.entries()) map.show({ percentile: state.percentile }, readingOf(methods[i] as string, engine));
});

function swap() {
  const { left, right, leftClass, rightClass } = store.get();
  store.set({ left: right, right: left, leftClass: rightClass, rightClass: leftClass });
}
byId('swap').addEventListener('click', swap);

const save = () => savePicture(store.get(), shown()).catch(failed);
byId('save').addEventListener('click', save);

createShortcuts([
  { key: ' ', cap: text('space'), title: text('pair.key.stop'), run: toggle },
  { key: 'x', cap: 'X', title: text('pair.key.swap'), run: swap },
  { key: 'l', cap: 'L', title: text('pair.key.left'), run: () => choose(choosers[0]) },
  { key: 'r', cap: 'R', title: text('pair.key.right'), run: () => choose(choosers[1]) },
  { key: 's', cap: 'S', title: text('pair.key.save'), run: save },
  { key: 't', cap: 'T', title: text('key.theme'), run: theme.next },
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
    const title = engine.methods.find(({ name }) => name === method)?.title ?? method;
    maps[i]?.name(nameOf('method', method, title));
  }
  connectMenu(store, 'difference', 'difference', named('difference', engine.differences));
  connectMenu(store, 'samples', 'samples', counts, Number);
  connectOption(store, { key: 'noise', unit: 0.01, words: toPercent });
  connectOption(store, { key: 'percentile', unit: 1, words: String });
  connectSeed(store);
  for (const panel of panels) panel.searchable(names);
  run();
}
await begin().catch(failed);
