// "One more" shows for a moment what it added: the noisy copy of the photo that it was, what the network says of it, and its own map.
import { type ExplainOptions, follow, type PreparedPhoto, rankClasses } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { showPixels } from '../common/pixels.js';
import { showProbability } from '../common/scores.js';
import { modelWith, session } from '../common/session.js';
import { toPicture } from '../common/tensors.js';
import { text } from '../common/texts.js';
import { copyOf } from './copy.js';
import type { LiveMap } from './live.js';
import { isInPairs } from './options.js';
import { pick, type State } from './state.js';
import type { Store } from './store.js';

/** Long enough to look at two pictures. */
const staysMs = 5000;

const asked = [
  'method',
  'rule',
  'timesInput',
  'target',
  'versus',
  'noise',
  'sigma',
  'seed',
  'steps',
  'baseline',
  'channels',
] as const;

/** That sample alone, as it was computed, drawn as it is: one has nothing to be told from noise by. */
function optionsOf(state: State, k: number, inPairs: boolean, isClean: boolean): ExplainOptions {
  const said = Object.entries(pick(state, asked)).filter(([, value]) => value !== undefined);
  const noise = isClean ? { noise: 0, sigma: 0 } : {};
  const difference = state.versus === undefined ? {} : { difference: state.difference };
  return {
    ...Object.fromEntries(said),
    ...difference,
    ...noise,
    antithetic: inPairs,
    firstSample: k,
    samples: 1,
    reduction: 'mean',
    pictures: true,
  };
}

export interface OneMore {
  /** The next sample that comes is to be shown. */
  wait(): void;
  progressed(): void;
}

export function createOneMore(store: Store, map: LiveMap, photo: () => Promise<PreparedPhoto> | undefined): OneMore {
  const card = byId('one-more');
  const words = byId('one-more-words');
  let before: number | undefined;
  let leaves: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function show(ownSamples: number) {
    const mine = ++turn;
    const state = store.get();
    const target = map.progress?.target;
    const prepared = await photo();
    if (!prepared || target === undefined) return;
    const [{ engine }, model] = await Promise.all([session(), modelWith(state.randomised)]);
    const k = state.firstSample + ownSamples - 1;
    const isClean = state.cleanLast && ownSamples === map.progress?.goal;
    const copy = await copyOf(await prepared.input(), k, state, engine, isClean);
    const { logits } = await model.evaluate(copy);
    const run = model.explain(prepared, optionsOf({ ...state, target }, k, isInPairs(state, engine), isClean));
    const last = await follow(run);
    run.cancel();
    if (mine !== turn || !last?.picture) return;
    showPixels(byId<HTMLCanvasElement>('one-more-copy'), toPicture(copy, model.preprocessing));
    showPixels(byId<HTMLCanvasElement>('one-more-map'), last.picture);
    const [top] = rankClasses(logits, model.classNames, 1, model.ending);
    words.textContent = text('one-more.copy', {
      copy: k + 1,
      answer: top ? text('one-more.answer', { name: top.name, probability: showProbability(top.probability) }) : '',
    });
    card.dataset.sample = String(k);
    card.hidden = false;
    clearTimeout(leaves);
    leaves = setTimeout(() => {
      card.hidden = true;
    }, staysMs);
  }

  store.subscribe((state, earlier) => {
    if (!earlier || state.photo === earlier.photo) return;
    turn++;
    card.hidden = true;
  });
  return {
    wait() {
      before = map.ownSamples;
    },
    progressed() {
      if (before === undefined || map.ownSamples <= before) return;
      before = undefined;
      // What it shows is beside the map: without it the map is whole.
      show(map.ownSamples).catch(() => {});
    },
  };
}
