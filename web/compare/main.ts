// The grid page: state -> plan -> runs -> maps in a table. Each part is a file of its own; here they are joined.
import { endArrival, showArrival } from '../common/arrival.js';
import '../common/carry.js';
import { createClassSearch } from '../common/class_search.js';
import { byId } from '../common/dom.js';
import { engineIsGone, sentenceOf } from '../common/failures.js';
import { isolate } from '../common/isolate.js';
import { createModelMenu } from '../common/model_menu.js';
import { showModelNotes } from '../common/model_notes.js';
import { createNotices } from '../common/notice.js';
import { isOwnName } from '../common/own_models.js';
import { createPhotoInput } from '../common/photo_input.js';
import { createSamples } from '../common/sample_buttons.js';
import { savePicture } from '../common/saved_picture.js';
import { closeSession, modelName, session, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine } from '../common/status.js';
import { createStore } from '../common/store.js';
import { createTermHelp } from '../common/term_help.js';
import { text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';
import { type Context, entriesOn, findAxis } from './axes.js';
import { createPickers, sides, swapAxes } from './axis_picker.js';
import { captionOf, pictureCaption, pictureName } from './caption.js';
import { createClassMenu, createFields } from './fields.js';
import { createPresets } from './presets.js';
import { createSheet } from './sheet.js';
import { defaults, readers, type State } from './state.js';
import { createSubject } from './subject.js';
import { timeLeft } from './time_left.js';

await isolate();

const store = createStore<State>(defaults, readers);
const notices = createNotices();
const theme = createTheme(() => {});
createPresets(byId('presets'), store);
createTermHelp();

let context: (() => Context) | undefined;
async function startAgain() {
  if (context) {
    await closeSession();
    sheet.runner.goOn();
  } else await begin().catch(failed);
  if (subject.top.length === 0) subject.again();
}
function failed(error: unknown) {
  const canStart = !context || engineIsGone(error);
  endArrival();
  notices.show(sentenceOf(error), canStart ? { title: text('again.start'), run: startAgain } : undefined);
}

const subject = createSubject(store, { notices, changed: () => refresh(), failed });
const { choose } = createPhotoInput((files) => void subject.take(files), notices);
const samples = createSamples(subject.show);
const sheet = createSheet({ subject, changed: showProgress, failed });

/** Nothing is read out again that has not changed. */
function say(id: string, words: string) {
  const node = byId(id);
  if (node.textContent !== words) node.textContent = words;
}
const play = byId<HTMLButtonElement>('play');
const playTitles = {
  working: text('pair.run.stop'),
  stopped: text('pair.run.on'),
  done: text('pair.run.done'),
} as const;
function showProgress() {
  const { filled, all, msLeft } = sheet.figures;
  const { state } = sheet.runner;
  say('play', playTitles[state]);
  play.setAttribute('aria-disabled', String(state === 'done'));
  const countOf = (count: { done: number; goal: number }) =>
    text(state === 'stopped' ? 'compare.count.stopped' : 'compare.count', count);
  say('count', all === 0 ? text('compare.finding') : countOf({ done: filled, goal: all }));
  say('time-left', state === 'working' && msLeft !== undefined ? timeLeft(msLeft) : '');
}
function toggle() {
  if (play.disabled) return;
  if (sheet.runner.state === 'working') sheet.runner.stop();
  else sheet.runner.goOn();
}
play.addEventListener('click', toggle);

const showPickers = createPickers(store);
const showClasses = createClassMenu(store);

function refresh() {
  const state = store.get();
  // Rows and columns cannot be the same.
  if (findAxis(state.rows) === findAxis(state.columns)) {
    return store.set({ columns: state.rows === 'noise' ? 'samples' : 'noise', column: '' }, 'replace');
  }
  samples.mark(state.photo);
  byId('subject').textContent = findAxis(state.columns).phrase;
  const classes = [state.rows, state.columns].includes('class');
  byId('class-label').textContent = text(classes ? 'compare.add' : 'compare.other');
  if (!context) return;
  const now = context();
  showPickers(now);
  showClasses(now);
  byId('caption').textContent = captionOf(state, now);
  sheet.show(state, now);
}
store.subscribe(refresh);

function addClass(index: number) {
  const state = store.get();
  const side = sides.find(({ axis }) => state[axis] === 'class');
  if (!side || !context) return store.set({ target: index });
  const on = entriesOn(findAxis('class'), context(), state[side.listed]).map(({ value }) => value);
  store.set({ [side.listed]: [...new Set([...on, String(index)])].join(' ') });
}

async function save() {
  try {
    const caption = pictureCaption(store.get(), byId('caption').textContent ?? '');
    const title = subject.photos.find(({ name }) => name === store.get().photo)?.title ?? '';
    await savePicture({ ...sheet.parts(), caption: [caption], name: pictureName(store.get(), title) });
  } catch (error) {
    failed(error);
  }
}
byId('save').addEventListener('click', save);

createShortcuts([
  { key: ' ', cap: text('space'), title: text('pair.key.stop'), run: toggle },
  { key: 's', cap: 'S', title: text('compare.save'), run: save },
  { key: 'x', cap: 'X', title: text('compare.swap'), run: () => swapAxes(store) },
  { key: 'o', cap: 'O', title: text('key.photo'), run: choose },
  { key: '/', cap: '/', title: text('key.search'), run: () => byId('class-search').focus() },
  { key: 't', cap: 'T', title: text('key.theme'), run: theme.next },
]);

watchLoading(showArrival);
async function begin() {
  const { engine, model } = await session();
  endArrival();
  showEngine(engine);
  showModelNotes(model);
  await createModelMenu(await engine.shippedModels(), { photos: {}, digits: { photo: 'digit-4' } });
  createFields(store, engine);
  createClassSearch('class-search', model.classNames, addClass);
  const { name, title, classNames } = model;
  const network = isOwnName(modelName) ? title : name;
  context = () => ({ engine, network, classNames, top: subject.top, photos: subject.photos });
  play.disabled = false;
  refresh();
}
await begin().catch(failed);
