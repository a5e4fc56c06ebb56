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
import { download, drawPicture, toBlob } from '../common/picture.js';
import { createSamples } from '../common/sample_buttons.js';
import { closeSession, modelName, session, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine } from '../common/status.js';
import { createStore } from '../common/store.js';
import { createTheme } from '../common/theme.js';
import { type Context, entriesOn, findAxis } from './axes.js';
import { createPickers, sides, swapAxes } from './axis_picker.js';
import { captionOf, pictureCaption } from './caption.js';
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
  notices.show(sentenceOf(error), canStart ? { title: 'Start again', run: startAgain } : undefined);
}

const subject = createSubject(store, { notices, changed: () => refresh(), failed });
const { choose } = createPhotoInput(([file]) => subject.take(file));
const samples = createSamples(subject.show);
const sheet = createSheet({ subject, changed: showProgress, failed });

/** Nothing is read out again that has not changed. */
function say(id: string, words: string) {
  const node = byId(id);
  if (node.textContent !== words) node.textContent = words;
}
const play = byId<HTMLButtonElement>('play');
const playTitles = { working: 'Stop', stopped: 'Go on', done: 'Done' } as const;
function showProgress() {
  const { filled, all, msLeft } = sheet.figures;
  const { state } = sheet.runner;
  say('play', playTitles[state]);
  play.setAttribute('aria-disabled', String(state === 'done'));
  say('count', all === 0 ? 'Finding the classes' : `${filled} of ${all} cells${state === 'stopped' ? ', stopped' : ''}`);
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
  byId('class-label').textContent = classes ? 'Add a class to the grid' : 'Any other class';
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
    const { photo, rows, columns } = store.get();
    const caption = pictureCaption(store.get(), byId('caption').textContent ?? '');
    const picture = drawPicture({ ...sheet.parts(), caption });
    download(await toBlob(picture), `smoothgrad-${photo}-${rows}-by-${columns}.png`);
  } catch (error) {
    failed(error);
  }
}
byId('save').addEventListener('click', save);

createShortcuts([
  { key: ' ', cap: 'Space', title: 'Stop or go on', run: toggle },
  { key: 's', cap: 'S', title: 'Save as a picture', run: save },
  { key: 'x', cap: 'X', title: 'Swap rows and columns', run: () => swapAxes(store) },
  { key: 'o', cap: 'O', title: 'Choose a photo', run: choose },
  { key: '/', cap: '/', title: 'Search a class', run: () => byId('class-search').focus() },
  { key: 't', cap: 'T', title: 'Theme', run: theme.next },
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
