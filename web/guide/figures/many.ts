// Figure 4, its lower half: the map of 1, 4, 16, 64 copies and more, and how far two piles of half as many agree.
import { type Explanation, follow } from 'smoothgrad';
import { byId, make } from '../../common/dom.js';
import { numberFormat } from '../../common/numbers.js';
import { text } from '../../common/texts.js';
import type { Failed, Figure } from '../chapters.js';
import { asCopies } from '../deck.js';
import { paint } from '../paint.js';
import type { Scene } from '../scene.js';
import type { Store } from '../state.js';

/** Four times as many each: half the error. The last one is worked out when it is asked for. */
export const steps = [1, 4, 16, 64, 256, 1024] as const;
const atOnce = 64;

const two = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const idOf = (samples: number) => `many-${samples}`;

export function createMany(store: Store, failed: Failed): Figure {
  const button = byId<HTMLButtonElement>('many-more');
  let scene: Scene | undefined;
  let run: Explanation | undefined;
  let wanted: number = atOnce;

  byId('many').append(
    ...steps.map((samples) => {
      const canvas = make('canvas', { id: idOf(samples), width: 224, height: 224, role: 'img' });
      canvas.setAttribute('aria-label', text('guide.many.empty', { count: samples }));
      const words = make('span', { id: `${idOf(samples)}-words`, textContent: '…' });
      const title = text('guide.many.copies', { count: samples });
      return make('li', { hidden: samples > wanted }, canvas, make('strong', { textContent: title }), words);
    }),
  );

  async function go(now: Scene) {
    const { noise, seed } = store.get();
    const mine = now.model.explain(now.photo, {
      ...asCopies,
      target: now.target,
      noise,
      seed,
      samples: 1,
      pictures: true,
    });
    run?.cancel();
    run = mine;
    for (const samples of steps.filter((step) => step <= wanted)) {
      if (samples > 1) mine.extend(samples);
      const words = byId(`${idOf(samples)}-words`);
      const last = await follow(mine, ({ samples: done }) => {
        if (run === mine) words.textContent = text('guide.many.done', { done, goal: samples });
      });
      if (run !== mine || last?.state !== 'done' || !last.picture) return;
      paint(idOf(samples), last.picture, text('guide.many.map', { count: samples }));
      words.textContent = text('guide.many.agree', { agreement: samples === 1 ? '–' : two(await mine.agreement()) });
    }
  }
  const begin = async (now: Scene) => {
    for (const samples of steps)
      byId(idOf(samples))
        .closest('li')
        ?.toggleAttribute('hidden', samples > wanted);
    button.hidden = wanted >= (steps.at(-1) ?? 0);
    await go(now).catch((error: unknown) => {
      // Another run has taken its place.
      if (now === scene) throw error;
    });
  };
  button.addEventListener('click', () => {
    wanted = steps.at(-1) as number;
    const now = scene;
    if (now) begin(now).catch((error: unknown) => now.current && failed(error));
  });
  return {
    box: byId('many'),
    asks: ['noise', 'seed'],
    async show(next) {
      scene = next;
      await begin(next);
    },
  };
}
