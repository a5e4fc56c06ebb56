// The digit lab: a digit -> the grid of maps; and a network that is trained here. Each panel is a file of its own.
import { createEngine } from 'smoothgrad';
import '../common/carry.js';
import { loadDigits } from '../common/digits.js';
import { byId } from '../common/dom.js';
import { sentenceOf } from '../common/failures.js';
import { isolate } from '../common/isolate.js';
import { createNotices } from '../common/notice.js';
import { keepOffline } from '../common/offline.js';
import { createShortcuts } from '../common/shortcuts.js';
import { showEngine } from '../common/status.js';
import { createTermHelp } from '../common/term_help.js';
import { text } from '../common/texts.js';
import { createTheme } from '../common/theme.js';
import { createBoard } from './board.js';
import { createControls } from './controls.js';
import { type Digit, digitAt, isBlank, toPhoto } from './digit.js';
import { createGrid } from './grid.js';
import { createLabKey } from './key.js';
import { createLiveMap } from './live_map.js';
import { createLossChart } from './loss_chart.js';
import { loadNetworks, showLevel } from './networks.js';
import { showOutline } from './outline.js';
import { createRounds } from './rounds.js';
import { createStore, type State } from './state.js';
import { createStrip } from './strip.js';
import { createTraining } from './training.js';

await isolate();

const store = createStore();
const notices = createNotices();
const failed = (error: unknown) =>
  notices.show(sentenceOf(error), { title: text('again.reload'), run: () => location.reload() });
const { nextManner } = createControls(store);
createTermHelp();
const chart = createLossChart();
const theme = createTheme(chart.repaint);
const drawing = () => {
  const { channels } = store.get();
  return { channels, colours: channels === 'signed-sum' ? 'diverging' : 'grey' };
};

async function start() {
  const [engine, test] = await Promise.all([createEngine(), loadDigits('test')]);
  showEngine(engine);
  let digit: Digit | undefined;

  const count = byId('count');
  const grid = createGrid((network) => networks.remove(network));
  const showCount = (samples: number, goal: number) => {
    count.textContent = samples === goal ? text('lab.count', { count: goal }) : text('lab.count.of', { done: samples, goal });
  };
  const rounds = createRounds(engine, drawing, {
    round: showCount,
    failed,
  });
  const live = createLiveMap(engine, () => digit && { photo: toPhoto(digit), target: store.get().target }, drawing);
  const explain = () => {
    showOutline(digit);
    live.refresh().catch(failed);
    if (digit) {
      const { target, samples, seed } = store.get();
      showCount(0, samples);
      return rounds.start({ squares: grid.squares, photo: toPhoto(digit), target, samples, seed });
    }
    rounds.stop();
    grid.clear();
    count.textContent = text('lab.nothing');
  };

  createLabKey(engine, store);
  const board = createBoard((drawn) => {
    digit = isBlank(drawn) ? undefined : drawn;
    if (store.get().digit === 'drawn') explain();
    else store.set({ digit: 'drawn' });
  });
  const strip = createStrip(store, test);
  const networks = await loadNetworks(engine, notices, () => {
    grid.setNetworks(networks.all);
    explain();
  });
  grid.setNetworks(networks.all);
  void keepOffline();

  const anew: readonly (keyof State)[] = ['digit', 'target', 'samples', 'seed'];
  store.subscribe((state, before) => {
    if (state.digit !== before?.digit && state.digit !== 'drawn') {
      digit = digitAt(test.images, state.digit);
      board.show(digit, text('lab.test.label', { digit: state.digit, label: test.labels[state.digit] ?? '' }));
    }
    if (anew.some((key) => state[key] !== before?.[key])) explain();
    else if (state.channels !== before?.channels) Promise.all([rounds.redraw(), live.refresh()]).catch(failed);
  });

  const training = createTraining(
    store,
    test,
    { chart, map: live },
    {
      keep: ({ onnx, noise, seed, accuracy, stoppedAt }) =>
        networks.keep({
          title:
            stoppedAt === undefined
              ? text('lab.yours', { noise: showLevel(noise), seed: String(seed) })
              : text('lab.yours.stopped', { noise: showLevel(noise), seed: String(seed), step: stoppedAt }),
          kind: 'digits',
          onnx,
          noise,
          ...(accuracy === undefined ? {} : { accuracy }),
        }),
      failed,
    },
  );
  createShortcuts([
    { key: 'n', cap: 'N', title: text('lab.key.next'), run: () => strip.move(1) },
    { key: 'p', cap: 'P', title: text('lab.key.previous'), run: () => strip.move(-1) },
    { key: 'c', cap: 'C', title: text('lab.key.clear'), run: board.clear },
    { key: 'm', cap: 'M', title: text('lab.key.manner'), run: nextManner },
    { key: '0', cap: '0 – 9', title: text('lab.key.digit'), run: () => store.set({ target: 0 }) },
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((target) => ({
      key: String(target),
      cap: '',
      title: '',
      run: () => store.set({ target }),
    })),
    { key: 'a', cap: 'A', title: text('lab.key.own'), run: () => store.set({ target: undefined }) },
    { key: 'l', cap: 'L', title: text('lab.key.train'), run: training.toggle },
    { key: 't', cap: 'T', title: text('key.theme'), run: theme.next },
  ]);
}

start().catch(failed);
