// The page: state -> maps -> figures. Each panel is a file of its own; here they are joined.
import type { ClassScore, Progress, SmoothGradElement, SmoothGradError } from 'smoothgrad/element';
import { sharedEngine } from 'smoothgrad/element';
import { createClassSearch } from '../shared/class_search.js';
import { byId } from '../shared/dom.js';
import { isolate } from '../shared/isolate.js';
import { createNotices } from '../shared/notice.js';
import { createPhotoInput } from '../shared/photo_input.js';
import { createSamples } from '../shared/sample_buttons.js';
import { createShortcuts } from '../shared/shortcuts.js';
import { createTheme } from '../shared/theme.js';
import { createChart } from './chart.js';
import { createClasses } from './classes.js';
import { createControls, createMenus } from './controls.js';
import { createPhoto } from './photo.js';
import { showEngine, showRate } from './status.js';
import { createStore } from './store.js';
import { createTransport } from './transport.js';
import { createTwoUp } from './two_up.js';
import { createViews, twoUp } from './views.js';

await isolate();

const map = byId<SmoothGradElement>('map');
const plain = byId<SmoothGradElement>('plain');
const store = createStore();
const notices = createNotices();

createTwoUp();
const samples = createSamples((photo) => store.set({ photo, target: undefined }));
store.subscribe(({ photo }) => samples.mark(photo));
createControls(store);
const chart = createChart();
const classes = createClasses(store);
const transport = createTransport(map);
const theme = createTheme(chart.repaint);

store.subscribe(({ target, method, noise, samples, seed, view, colours, percentile }, before) => {
  const comparing = view === twoUp.name;
  byId('two-up').classList.toggle('comparing', comparing);
  const shared = { target: target === undefined ? undefined : String(target), colours, percentile };
  Object.assign(plain, shared);
  Object.assign(map, shared, { method, noise, samples, seed, view: comparing ? 'map' : view });
  // Whoever moves a slider wants to see what it does.
  if (before && (before.view !== view || before.colours !== colours || before.percentile !== percentile)) return;
  map.paused = false;
});
const photo = createPhoto(store, [plain, map], notices);
const { choose } = createPhotoInput(photo.take);

const detail = <T>(event: Event) => (event as CustomEvent<T>).detail;
let started = false;
const restart = () => {
  if (!started) return location.reload();
  transport.restart();
  plain.restart();
};

map.addEventListener('classified', (event) => {
  chart.begin();
  classes.classified(detail<ClassScore[]>(event));
});
let failed = false;
let drawn = false;
map.addEventListener('progress', async (event) => {
  const progress = detail<Progress>(event);
  if (failed) notices.hide();
  failed = false;
  drawn ||= progress.samples > 0;
  transport.progressed(progress);
  chart.progressed(progress);
  showRate(progress);
  byId('tag-map').dataset.samples = progress.goal > 1 ? `, ${progress.samples}` : '';
  classes.progressed(progress, (await map.ready).classNames);
});
for (const element of [map, plain]) {
  element.addEventListener('error', (event) => {
    const { code, message } = detail<SmoothGradError>(event);
    failed = true;
    const said = `${message[0]?.toUpperCase()}${message.slice(1).replace(/\.$/, '')}.${drawn ? ' The last map is kept.' : ''}`;
    notices.show(said, code === 'bad-option' ? undefined : { title: 'Start again', run: restart });
  });
}

const engine = await sharedEngine();
started = true;
showEngine(engine);
createMenus(store, engine);
const views = createViews(store, engine.views);
store.subscribe(({ method }) => {
  byId('tag-map').textContent = engine.methods.find(({ name }) => name === method)?.title ?? method;
});
byId('tag-plain').textContent = engine.methods.find(({ name }) => name === plain.method)?.title ?? 'Gradient';

createShortcuts([
  { key: ' ', cap: 'Space', title: 'Play or pause', run: transport.toggle },
  { key: 's', cap: 'S', title: 'One more sample', run: transport.step },
  { key: 'r', cap: 'R', title: 'Restart', run: restart },
  { key: 'v', cap: 'V', title: 'Next view', run: views.next },
  { key: 'o', cap: 'O', title: 'Choose a photo', run: choose },
  { key: '/', cap: '/', title: 'Search a class', run: () => byId('class-search').focus() },
  { key: '1', cap: '1 – 5', title: 'Explain that class of the list', run: () => classes.choose(0) },
  ...[1, 2, 3, 4].map((rank) => ({ key: String(rank + 1), cap: '', title: '', run: () => classes.choose(rank) })),
  { key: 't', cap: 'T', title: 'Theme', run: theme.next },
]);
createClassSearch('class-search', (await map.ready).classNames, (target) => store.set({ target }));
