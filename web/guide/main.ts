// How it works: a text with figures that run. Each figure is a file of its own; here they are joined.
import { showArrival } from '../common/arrival.js';
import '../common/carry.js';
import { byId } from '../common/dom.js';
import { engineIsGone, sentenceOf } from '../common/failures.js';
import { isolate } from '../common/isolate.js';
import { createNotices } from '../common/notice.js';
import { createPartLine } from '../common/part_line.js';
import { createPhotoInput } from '../common/photo_input.js';
import { createSamples } from '../common/sample_buttons.js';
import { closeSession, watchLoading } from '../common/session.js';
import { createShortcuts } from '../common/shortcuts.js';
import { createStore } from '../common/store.js';
import { text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';
import { createChapters } from './chapters.js';
import { createDecks } from './deck.js';
import { createAnswer } from './figures/answer.js';
import { createCopies } from './figures/copies.js';
import { createGate } from './figures/gate.js';
import { createIllusion } from './figures/illusion.js';
import { createLine } from './figures/line.js';
import { createMany } from './figures/many.js';
import { createPath } from './figures/path.js';
import { createSettle } from './figures/settle.js';
import { createTraining } from './figures/training.js';
import { createHandout, createProjector } from './projector.js';
import { createScenes } from './scene.js';
import { defaults, readers, type State } from './state.js';
import { createStoryBar } from './story_bar.js';
import { createTryLinks } from './try_links.js';
import { createTurner } from './turner.js';

await isolate();

const store = createStore<State>(defaults, readers);
const notices = createNotices();
const theme = createTheme(() => {});

let seen = false;

async function startAgain() {
  await closeSession();
  scenes.again();
}
function failed(error: unknown) {
  const canStart = !seen || engineIsGone(error);
  notices.show(sentenceOf(error), canStart ? { title: text('again.start'), run: () => void startAgain() } : undefined);
}

createGate();
const loading = byId('loading');
watchLoading(showArrival);
const deckOf = createDecks();
const chapters = createChapters(
  store,
  [
    createAnswer(store, failed),
    createLine(store, failed),
    createCopies(store, deckOf, failed),
    createSettle(store, deckOf),
    createMany(store, failed),
    createPath(store, failed),
    createIllusion(store, failed),
    createTraining(store, failed),
  ],
  failed,
);
const look = (photo: string) => store.set({ photo, target: undefined, x: undefined, y: undefined });
const partLine = createPartLine(notices, look);
const scenes = createScenes(store, {
  notices,
  changed(scene) {
    seen = true;
    loading.hidden = true;
    byId('subject').textContent = scene.name;
    chapters.put(scene);
    partLine.show(store.get().photo, scene.model).catch(failed);
  },
  failed,
});

const { choose } = createPhotoInput((files) => void scenes.take(files), notices);
createTryLinks(store, choose);
const samples = createSamples(look);
store.subscribe(({ photo }) => samples.mark(photo));

const projector = createProjector(store);
createStoryBar(store);
createHandout(store, chapters);
const turner = createTurner();
createShortcuts([
  { key: 'n', cap: 'N', title: text('guide.key.next'), run: () => turner.turn(1) },
  { key: 'p', cap: 'P', title: text('guide.key.previous'), run: () => turner.turn(-1) },
  { key: 'o', cap: 'O', title: text('key.photo'), run: () => choose() },
  { key: 'l', cap: 'L', title: text('guide.key.projector'), run: projector.toggle },
  { key: 't', cap: 'T', title: text('key.theme'), run: theme.next },
]);
