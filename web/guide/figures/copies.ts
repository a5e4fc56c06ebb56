// Figure 3: photo + noise k -> what the network says of that copy -> its own gradient -> the pile whose mean sharpens.
import { rankClasses } from 'smoothgrad';
import { byId } from '../../common/dom.js';
import { toPercent } from '../../common/fields.js';
import { toMap, toPicture } from '../../common/tensors.js';
import { text } from '../../common/texts.js';
import { showBars } from '../bars.js';
import type { Failed, Figure } from '../chapters.js';
import type { createDecks, Deck } from '../deck.js';
import { paint, paintMap } from '../paint.js';
import { Pile } from '../pile.js';
import { createPlayer, staysMs } from '../player.js';
import type { Scene } from '../scene.js';
import { copies, type Store } from '../state.js';
import { throwOnto } from '../throw.js';

const unhurriedMs = 150;

export function createCopies(store: Store, deckOf: ReturnType<typeof createDecks>, failed: Failed): Figure {
  const box = byId('copies');
  const slider = byId<HTMLInputElement>('copy');
  const noiseSlider = byId<HTMLInputElement>('noise');
  let scene: Scene | undefined;
  let deck: Deck | undefined;
  let pile = new Pile(0);
  /** Of the pile's, those of which the network says what it says of the photo. */
  let faithful: boolean[] = [];
  let shown: number | undefined;

  /** The copy, its answer and its gradient; true where it took work. */
  async function showCard(now: Scene, hand: Deck, index: number) {
    const { model, target } = now;
    const copy = await hand.copy(index);
    paint('copy-photo', toPicture(copy, model.preprocessing), text('guide.copy.photo', { copy: index + 1 }));
    const { logits, gradient } = await hand.card(index);
    if (deck !== hand) return;
    showBars('copy-says', rankClasses(logits, model.classNames, Math.min(3, model.classes), model.ending), target);
    const map = toMap(gradient.shape, gradient.data);
    await paintMap(now, 'copy-gradient', map, text('guide.copy.gradient', { copy: index + 1 }));
  }
  async function showPile(now: Scene) {
    const { count } = pile;
    const map = toMap(now.input.shape, pile.mean());
    await paintMap(now, 'pile', map, text('guide.pile.map', { count }));
    byId('pile').dataset.count = String(count);
    byId('pile-words').textContent = text('guide.pile.words', { count });
    const same = faithful.slice(0, count).filter(Boolean).length;
    const answer = now.top[0]?.name ?? '';
    byId('copies-words').textContent = text('guide.pile.called', { same, count, answer });
  }

  let working: Promise<void> | undefined;
  /** One step towards what the state asks for; false where there is nothing left to do. */
  async function step(): Promise<boolean> {
    const [now, hand] = [scene, deck];
    if (!now || !hand) return false;
    const index = store.get().copy - 1;
    if (shown !== index) {
      await showCard(now, hand, index);
      if (deck === hand) shown = index;
      return true;
    }
    if (pile.count === index + 1) return player.advance();
    const up = pile.count <= index;
    const from = pile.count - (up ? 0 : 1);
    const { gradient, logits } = await hand.card(from);
    if (deck !== hand) return true;
    if (up) {
      faithful[from] = rankClasses(logits, [], 1)[0]?.index === now.top[0]?.index;
      pile.add(gradient.data);
    } else pile.take(gradient.data);
    // On the way back, and to what is known already, only where it ends.
    if (pile.count === index + 1 || (up && pile.count > drawn)) {
      // One that is in view is seen to go there, as long as there is time to look.
      if (up && from === index && staysMs(pile.count) > unhurriedMs) await throwOnto('copy-gradient', 'pile');
      drawn = Math.max(drawn, pile.count);
      if (deck === hand) await showPile(now);
    }
    return true;
  }
  /** So many have been on the pile at once. */
  let drawn = 0;
  let asked = false;
  const work = (): Promise<void> => {
    asked = true;
    working ??= (async () => {
      try {
        while (asked) {
          asked = false;
          while (await step());
        }
      } finally {
        working = undefined;
      }
    })();
    return working;
  };
  const wake = () => {
    const now = scene;
    work().catch((error: unknown) => now?.current && failed(error));
  };
  const player = createPlayer(store, box, wake);

  const deal = () => {
    if (!scene) return;
    const { noise, seed } = store.get();
    deck = deckOf(scene, { noise, seed });
    pile = new Pile(scene.input.data.length);
    faithful = [];
    drawn = 0;
    shown = undefined;
  };
  slider.addEventListener('input', () => {
    player.pause();
    store.set({ copy: slider.valueAsNumber }, 'replace');
  });
  noiseSlider.addEventListener('input', () => store.set({ noise: noiseSlider.valueAsNumber / 100 }, 'replace'));
  store.subscribe((state, before) => {
    slider.valueAsNumber = state.copy;
    slider.setAttribute('aria-valuetext', text('guide.copy.label', { copy: state.copy, copies }));
    byId('copy-value').textContent = text('guide.copy.of', { copy: state.copy, copies });
    noiseSlider.valueAsNumber = state.noise * 100;
    noiseSlider.setAttribute('aria-valuetext', toPercent(state.noise));
    byId('noise-value').textContent = toPercent(state.noise);
    byId('copy-title').textContent = text('guide.copy.title', { copy: state.copy });
    if (!before || !scene) return;
    const other = state.noise !== before.noise || state.seed !== before.seed;
    if (other) deal();
    if (other || state.copy !== before.copy) wake();
  });

  return {
    box,
    async show(next) {
      scene = next;
      deal();
      player.begin();
      await work();
    },
  };
}
