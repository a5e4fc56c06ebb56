// The noisy copies of a photo by their number, and what the network says of each. Copy k is made of sample k of the seed, so it is
// the same today and tomorrow, and the same that explain() adds up on the first page.
import type { RawTensor } from 'smoothgrad';
import { once } from '../common/once.js';
import { plus } from '../common/tensors.js';
import type { Scene } from './scene.js';
import type { State } from './state.js';

/** What explain() is told to make of samples what the guide makes of copies: each has noise of its own, their mean is drawn as it is. */
export const asCopies = { antithetic: false, magnitude: 'plain' } as const;

export interface Card {
  logits: Float32Array;
  /** Of the target's score at the noisy copy, [1, C, H, W]. */
  gradient: RawTensor;
}

export interface Deck {
  /** The photo with the noise of sample `index` (0, 1, ...), as the network sees it. */
  copy(index: number): Promise<RawTensor>;
  /** Worked out once. */
  card(index: number): Promise<Card>;
}

type Dealt = Pick<State, 'noise' | 'seed'>;

/** `noise`: sigma as a share of the input's range. */
export function createDeck(scene: Scene, { noise, seed }: Dealt): Deck {
  const { engine, model, input, range, target } = scene;
  const copy = async (index: number) => {
    if (noise === 0) return input;
    return plus(input, noise * range, await engine.noise({ size: input.data.length, seed, sample: index }));
  };
  const deal = once(async (index) => {
    const { logits, gradient } = await model.evaluate(await copy(Number(index)), { target });
    return { logits, gradient: gradient as RawTensor };
  });
  return { copy, card: (index) => deal(String(index)) };
}

/** Figures that look at the same copies share them; the latest ones are kept. */
export function createDecks(): (scene: Scene, dealt: Dealt) => Deck {
  let latest: { scene: Scene; dealt: Dealt; deck: Deck } | undefined;
  return (scene, dealt) => {
    const { noise, seed } = dealt;
    if (latest?.scene !== scene || latest.dealt.noise !== noise || latest.dealt.seed !== seed) {
      latest = { scene, dealt: { noise, seed }, deck: createDeck(scene, dealt) };
    }
    return latest.deck;
  };
}
