// The two photos and the two maps as one picture, with a caption.
import { probabilitiesOf } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { percentFormat } from '../common/numbers.js';
import { savePicture as saveAs } from '../common/saved_picture.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
import type { DifferenceMap } from './difference_map.js';
import type { State } from './state.js';

interface Shown {
  /** Names, left and right. */
  classes: [string, string];
  /** How the two are subtracted, in words. */
  difference: string;
  maps: readonly DifferenceMap[];
}

const percent = percentFormat(1);

export async function savePicture(state: State, { classes: [red, blue], difference, maps }: Shown) {
  const { model } = await session();
  const { noise, percentile, seed } = state;
  const samples = maps
    .map(({ title, figures }) => text('pair.saved.samples', { method: title, count: figures?.progress.done ?? 0 }))
    .join('; ');
  const shares = maps
    .map(({ title, figures }) => text('pair.saved.share', { method: title, share: percent(figures?.sidedShare ?? 0) }))
    .join(', ');
  const last = maps.at(-1);
  const progress = last?.figures?.progress;
  const probabilities = progress && probabilitiesOf(progress.logits, model.ending);
  const chance = (index: number | undefined) => toPercent(probabilities?.[index ?? -1] ?? 0);
  const caption = text('pair.saved', {
    ...{
      red,
      blue,
      redChance: chance(progress?.target),
      blueChance: chance(progress?.versus),
      difference,
      samples,
      shares,
      percentile,
    },
    noise: toPercent(noise),
    seed: String(seed),
    network: model.name,
  });
  const cells = [byId<HTMLCanvasElement>('photo'), ...maps.map(({ canvas }) => canvas)];
  const columns = [text('pair.saved.photos'), ...maps.map(({ title }) => title)].map((title) => ({ title }));
  await saveAs({
    rows: [{ title: '' }],
    columns,
    size: 360,
    cell: (_, column) => cells[column],
    photo: () => undefined,
    note: () => '',
    caption: [caption],
    name: [
      text('pair.saved.name', { red, blue }),
      text('pair.saved.samples', { method: last?.title ?? '', count: progress?.done ?? 0 }),
    ],
  });
}
