// Figure 7: four digit networks, of which three learnt from noisy digits, and the maps of one digit by each.

import { type Engine, follow, type Model, type ShippedModel } from 'smoothgrad';
import { byId, make } from '../../common/dom.js';
import { fetchBlob } from '../../common/fetch_blob.js';
import { toPercent } from '../../common/fields.js';
import { samplesOf } from '../../common/sample_photos.js';
import { nameOf, text } from '../../common/texts.js';
import type { Failed, Figure } from '../chapters.js';
import { paint } from '../paint.js';
import type { Store } from '../state.js';

const rows = [
  { name: 'plain', title: nameOf('method', 'gradient', 'Gradient'), options: { method: 'gradient' } },
  { name: 'smooth', title: 'SmoothGrad', options: { method: 'smoothgrad', samples: 50, noise: 0.2, magnitude: 'plain' } },
] as const;

type Network = { model: Model } & Pick<ShippedModel, 'noise'>;

async function load(engine: Engine): Promise<Network[]> {
  const shipped = (await engine.shippedModels()).filter(({ kind }) => kind === 'digits');
  return Promise.all(shipped.map(async ({ name, noise = 0 }) => ({ noise, model: await engine.loadModel(name) })));
}

const idOf = (row: string, column: number) => `training-${row}-${column}`;

export function createTraining(store: Store, failed: Failed): Figure {
  const digits = samplesOf('digits');
  const list = byId('training-digits');
  const grid = byId('training-grid');
  let engine: Engine | undefined;
  let networks: Network[] = [];
  let digit = digits[0]?.name ?? '';
  let turn = 0;

  const buttons = digits.map(({ name, title, alt, url }) => {
    const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async', loading: 'lazy' });
    const button = make('button', { type: 'button', title }, picture);
    button.addEventListener('click', () => {
      digit = name;
      look().catch(failed);
    });
    list.append(make('li', {}, button));
    return { name, button };
  });
  const lay = () => {
    const head = make('tr', {}, make('td'));
    for (const { noise = 0 } of networks) {
      head.append(make('th', { scope: 'col', textContent: noise === 0 ? text('guide.training.none') : toPercent(noise) }));
    }
    const body = rows.map(({ name, title }) => {
      const row = make('tr', {}, make('th', { scope: 'row', textContent: title }));
      for (const [i] of networks.entries()) {
        const canvas = make('canvas', {
          id: idOf(name, i),
          width: 28,
          height: 28,
          role: 'img',
          ariaLabel: text('guide.training.empty'),
        });
        row.append(make('td', {}, canvas));
      }
      return row;
    });
    grid.replaceChildren(make('thead', {}, head), make('tbody', {}, ...body));
  };

  async function look() {
    const mine = ++turn;
    for (const { name, button } of buttons) button.setAttribute('aria-pressed', String(name === digit));
    const sample = digits.find(({ name }) => name === digit);
    if (!sample) return;
    const photo = await fetchBlob(sample.url);
    const target = Number(digit.at(-1));
    for (const { name, title, options } of rows) {
      for (const [i, { model, noise = 0 }] of networks.entries()) {
        const run = model.explain(photo, { ...options, target, seed: store.get().seed, pictures: true });
        const last = await follow(run);
        run.cancel();
        if (mine !== turn) return;
        const what = { method: title, target };
        const words =
          noise === 0 ? text('guide.training.clean', what) : text('guide.training.noisy', { ...what, noise: toPercent(noise) });
        if (last?.picture) paint(idOf(name, i), last.picture, words);
      }
    }
  }

  return {
    box: byId('training'),
    async show(scene) {
      // The digits have nothing to do with the photo; only another engine needs its networks anew.
      if (engine === scene.engine) return;
      networks = await load(scene.engine);
      engine = scene.engine;
      lay();
      await look();
    },
  };
}
