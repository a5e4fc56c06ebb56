// Figure 6, its lower half: two methods, each asked about the answer, about another answer, and of a network with random layers.
import { follow, type Model, type Picture, type RawMap } from 'smoothgrad';
import { byId } from '../../common/dom.js';
import { numberFormat } from '../../common/numbers.js';
import { modelWith } from '../../common/session.js';
import { text } from '../../common/texts.js';
import type { Failed, Figure } from '../chapters.js';
import { paint } from '../paint.js';
import type { Scene } from '../scene.js';
import type { Store } from '../state.js';

const rows = [
  { name: 'smoothgrad', title: 'SmoothGrad', options: { method: 'smoothgrad', samples: 50, magnitude: 'plain' } },
  { name: 'guided', title: 'Guided BackProp', options: { method: 'guided-backprop' } },
] as const;
type Row = (typeof rows)[number];

const two = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function createIllusion(store: Store, failed: Failed): Figure {
  const slider = byId<HTMLInputElement>('layers');
  let scene: Scene | undefined;
  let trained: Partial<Record<Row['name'], RawMap>> = {};
  let turn = 0;

  const wordsFor = (layers: number) => {
    if (layers === 0) return text('guide.layers.none');
    return scene ? text('guide.layers.of', { layers, all: scene.model.weightedLayers }) : text('guide.layers', { layers });
  };
  const map = async (now: Scene, model: Model, row: Row, target: number) => {
    const { seed } = store.get();
    // An answer of random layers is none; what is asked about stays.
    const run = model.explain(now.photo, { ...row.options, target, seed, pictures: true });
    const last = await follow(run);
    run.cancel();
    return last as RawMap & { picture?: Picture };
  };
  const put = (id: string, { picture }: { picture?: Picture }, label: string) => picture && paint(id, picture, label);
  /** Beneath a map: how alike it and the row's first one are. */
  const compare = async (now: Scene, row: Row, other: RawMap, id: string) => {
    const first = trained[row.name];
    if (!first) return;
    const { rankCorrelation } = await now.engine.compare(first, other);
    if (now.current) byId(`${id}-words`).textContent = two(rankCorrelation);
  };

  async function randomise(now: Scene) {
    const mine = ++turn;
    const { layers } = store.get();
    const model = await modelWith(Math.min(layers, now.model.weightedLayers));
    for (const row of rows) {
      if (mine !== turn || !now.current) return;
      const drawn = await map(now, model, row, now.target);
      if (mine !== turn || !now.current) return;
      put(`${row.name}-random`, drawn, text('guide.illusion.randomised', { method: row.title, layers: wordsFor(layers) }));
      await compare(now, row, drawn, `${row.name}-random`);
    }
  }
  slider.addEventListener('input', () => {
    byId('layers-value').textContent = wordsFor(slider.valueAsNumber);
  });
  slider.addEventListener('change', () => store.set({ layers: slider.valueAsNumber }));
  store.subscribe(({ layers }, before) => {
    slider.valueAsNumber = layers;
    slider.setAttribute('aria-valuetext', wordsFor(layers));
    byId('layers-value').textContent = wordsFor(layers);
    const now = scene;
    if (now && before && layers !== before.layers) {
      randomise(now).catch((error: unknown) => now.current && failed(error));
    }
  });

  return {
    box: byId('illusion'),
    async show(next) {
      scene = next;
      trained = {};
      slider.max = String(next.model.weightedLayers);
      const { layers } = store.get();
      slider.valueAsNumber = layers;
      byId('layers-value').textContent = wordsFor(layers);
      const other = next.top.find(({ index }) => index !== next.target);
      byId('illusion-answer').textContent = text('quoted', { name: next.name });
      byId('illusion-other').textContent = text('quoted', { name: other?.name ?? '–' });
      for (const row of rows) {
        const own = await map(next, next.model, row, next.target);
        if (!next.current) return;
        trained[row.name] = own;
        put(`${row.name}-own`, own, text('guide.illusion.map', { method: row.title, name: next.name }));
        if (!other) continue;
        const drawn = await map(next, next.model, row, other.index);
        if (!next.current) return;
        put(`${row.name}-other`, drawn, text('guide.illusion.map', { method: row.title, name: other.name }));
        await compare(next, row, drawn, `${row.name}-other`);
      }
      await randomise(next);
    },
  };
}
