// The page: state -> maps -> figures. Each panel is a file of its own; here they are joined.
import { isSampled, type Model, type SmoothGradError } from 'smoothgrad';
import '../common/carry.js';
import { endArrival, showArrival } from '../common/arrival.js';
import { createClassSearch } from '../common/class_search.js';
import { byId } from '../common/dom.js';
import { sentenceOf } from '../common/failures.js';
import { isolate } from '../common/isolate.js';
import { kindOf } from '../common/model_kind.js';
import { createModelMenu, firstPageStarts } from '../common/model_menu.js';
import { showModelNotes } from '../common/model_notes.js';
import { createNotices } from '../common/notice.js';
import { createPhotoInput } from '../common/photo_input.js';
import { createSamples } from '../common/sample_buttons.js';
import { closeSession, defaultModel, modelName, type Session, session, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine, showRate } from '../common/status.js';
import { createTermHelp } from '../common/term_help.js';
import { text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';
import { createClasses } from './classes.js';
import { createConvergence } from './convergence.js';
import { createDetail } from './detail.js';
import { createDoubt } from './doubt.js';
import { createExplainer } from './explain.js';
import { createFilesPanel, isRun } from './files_panel.js';
import { createFinder } from './finder.js';
import { createGestures } from './gestures.js';
import { createKeys, type Keys } from './keys.js';
import { LiveMap } from './live.js';
import { createPainter } from './mask_painter.js';
import { createMethodPanel, type MethodPanel } from './method_panel.js';
import { createNoisyPhoto } from './noisy_photo.js';
import { createOneMore } from './one_more.js';
import { connectOptions, followMethod } from './option_controls.js';
import { createOwnModel, isModel, openDefault } from './own_model.js';
import { createPace } from './pace.js';
import { createPhoto } from './photo.js';
import { takeLinkedPicture } from './picture_link.js';
import { createPicturePanel } from './picture_panel.js';
import { createProfilePanel } from './profile_panel.js';
import { showMapNote } from './remarks.js';
import { createSanity, type Sanity } from './sanity.js';
import { createMethods, createSettings } from './settings.js';
import { takeShared } from './shared_photo.js';
import type { State } from './state.js';
import { createStore } from './store.js';
import { createTestPanel } from './test_panel.js';
import { createTransport } from './transport.js';
import { createTwoUp } from './two_up.js';
import { createViews, twoUp } from './views.js';
import { captionWords, nameWords, tagWords } from './words.js';
import { createZoom } from './zoom.js';

await isolate();
// What the modules did so far and what follows are two tasks: the page may paint, and answer, in between.
await new Promise((resolve) => setTimeout(resolve));

const damage = await takeLinkedPicture();
const store = createStore();
const notices = createNotices();
let outputs: Pick<Model, 'classNames' | 'ending'> = { classNames: [], ending: 'softmax' };
let opened: Session | undefined;
let failed = false;
let methodPanel: MethodPanel | undefined;
let sanity: Sanity | undefined;
let keys: Keys | undefined;

function fail(error: unknown) {
  const { code } = error as SmoothGradError;
  if (code === 'worker-lost') void closeSession();
  failed = true;
  endArrival();
  if (!map.progress || code === 'worker-lost') transport.nothingRuns();
  const kept = map.raw === undefined ? '' : text(map.kept ? 'main.kept.samples' : 'main.kept');
  const restart = {
    title: text(map.kept ? 'again.on' : 'again.start'),
    run: () => (opened ? explainer.restart() : location.reload()),
  };
  // Again it would be missing.
  const again = opened || modelName === defaultModel ? restart : { title: text('main.usual'), run: openDefault };
  notices.show(`${sentenceOf(error)}${kept}`, code === 'bad-option' ? undefined : again);
}

const plain = new LiveMap('plain', { failed: fail, drawn: (progress) => keys?.drawn('plain', progress) });
const map: LiveMap = new LiveMap('map', {
  failed: fail,
  begun(progress) {
    convergence.begin();
    testPanel.begin();
    noisy.begin();
    classes.classified(progress, outputs);
  },
  drawn(progress) {
    keys?.drawn('map', progress);
    finder.refresh();
    sanity?.drawn();
    tag();
    if (map.progress) showMapNote(map.progress);
    if (map.sampled) convergence.drawn(map.sampled);
  },
  progressed(progress) {
    if (failed) notices.hide();
    failed = false;
    transport.progressed(progress);
    oneMore.progressed();
    if (isSampled(progress)) convergence.progressed(progress);
    showRate(progress);
    classes.progressed(progress, outputs);
    showMapNote(progress);
    methodPanel?.progressed(progress);
    byId('tag-map').dataset.samples = progress.goal > 1 ? `, ${progress.done}` : '';
  },
});

createTwoUp(store);
createTermHelp();
const samples = createSamples((photo) => store.set({ photo, target: undefined }));
store.subscribe(({ photo }) => samples.mark(photo));
createSettings(store);
const pace = createPace(map);
const explainer = createExplainer(store, { map, plain }, pace, fail);
const convergence = createConvergence(store, map, pace);
const classes = createClasses(store);
const oneMore = createOneMore(store, map, explainer.photo);
const transport = createTransport(store, map, pace, { restart: explainer.restart, stepping: oneMore.wait });
const theme = createTheme(convergence.repaint);
const photo = createPhoto(store, notices, pace, {
  found(photo) {
    if (map.raw === undefined) map.poster = plain.poster = URL.createObjectURL(photo);
  },
  seen: explainer.see,
  failed: fail,
});
const noisy = createNoisyPhoto(store, map, explainer.photo);
const zoom = createZoom(store);
createGestures(store, zoom);
const doubt = createDoubt(map, () => finder.refresh());
const finder = createFinder(zoom, (stage) => {
  const state = store.get();
  if (state.view === twoUp.name && stage.x * 100 < state.divide) return plain.raw;
  return map.raw && { ...map.raw, error: doubt.read(state) };
});
store.subscribe(finder.refresh);
const profile = createProfilePanel(pace, explainer.photo);
const painter = createPainter(store, map, zoom, () => testPanel.begin());
const testPanel = createTestPanel(map, explainer.photo, painter);
const tag = () => {
  if (opened) byId('tag-map').textContent = tagWords(store.get(), opened.engine, opened.model.classNames, map.progress);
};
const wordsOf = (make: typeof captionWords) => (state: State) =>
  opened && map.progress ? make(state, map.progress, opened.engine, opened.model) : [];
const words = { caption: wordsOf(captionWords), name: wordsOf(nameWords) };
const files = createFilesPanel(store, { map, plain }, notices, pace, words);
// Also while the network is on its way: the browser would open what is dropped instead.
const own = createOwnModel(store, notices, pace);
const { choose } = createPhotoInput((all) => {
  const [file] = all;
  if (all.some(isModel)) return own.open(all);
  return isRun(file) ? files.merge(file) : photo.take(all);
}, notices);
watchLoading(showArrival);
if (damage !== undefined) notices.show(damage);
takeShared(
  (file) => photo.take([file]),
  () => notices.show(text('main.lost')),
).catch(fail);

async function begin() {
  createDetail();
  opened = await session();
  endArrival();
  const { engine, model } = opened;
  byId('detail-field').hidden = kindOf(model) !== 'photos';
  outputs = model;
  keys = createKeys(store, opened);
  showModelNotes(model);
  showEngine(engine);
  await createModelMenu(await engine.shippedModels(), firstPageStarts);
  createMethods(store, engine);
  methodPanel = createMethodPanel(store, opened);
  sanity = createSanity(store, map, opened);
  createPicturePanel(store, engine);
  connectOptions(store, opened);
  followMethod(store, engine);
  const views = createViews(store, engine.views);
  store.subscribe(tag);
  createClassSearch('class-search', model.classNames, (target) => store.set({ target }));
  createShortcuts([
    { key: ' ', cap: text('space'), title: text('key.play'), run: transport.toggle },
    { key: 's', cap: 'S', title: text('key.step'), run: transport.step },
    { key: 'r', cap: 'R', title: text('key.restart'), run: explainer.restart },
    { key: 'v', cap: 'V', title: text('key.view'), run: views.next },
    { key: 'o', cap: 'O', title: text('key.photo'), run: choose },
    { key: '/', cap: '/', title: text('key.search'), run: () => byId('class-search').focus() },
    { key: '1', cap: '1 – 5', title: text('key.class'), run: () => classes.choose(0) },
    ...[1, 2, 3, 4].map((rank) => ({ key: String(rank + 1), cap: '', title: '', run: () => classes.choose(rank) })),
    { key: '+', cap: '+', title: text('key.larger'), run: zoom.larger },
    { key: '=', cap: '', title: '', run: zoom.larger },
    { key: '-', cap: '−', title: text('key.smaller'), run: zoom.smaller },
    { key: '0', cap: '0', title: text('key.whole'), run: zoom.whole },
    { key: 'p', cap: 'P', title: text('key.profile'), run: profile.open },
    { key: 't', cap: 'T', title: text('key.theme'), run: theme.next },
  ]);
}
await begin().catch((error) => {
  byId('threads').textContent = text('main.stopped');
  fail(error);
});
