// The two photos and the two maps as one picture, with a caption, which is on paper too.
import { type Model, probabilitiesOf } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { percentFormat } from '../common/numbers.js';
import { savePicture as saveAs } from '../common/saved_picture.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
import type { DifferenceMap } from './difference_map.js';
import type { State } from './state.js';

export interface Shown {
  /** Names, left and right. */
  classes: [string, string];
  /** How the two are subtracted, in words. */
  difference: string;
  maps: readonly DifferenceMap[];
}

const percent = percentFormat(1);

/** What is on the picture, and how it was made. */
export function captionOf(
  state: State,
  { classes: [red, blue], difference, maps }: Shown,
  model: Pick<Model, 'name' | 'ending'>,
): string {
  const { noise, percentile, seed } = state;
  const samples = maps
    .map(({ title, figures }) => text('pair.saved.samples', { method: title, count: figures?.progress.done ?? 0 }))
    .join('; ');
  const shares = maps
    .map(({ title, figures }) => text('pair.saved.share', { method: title, share: percent(figures?.sidedShare ?? 0) }))
    .join(', ');
  const progress = maps.at(-1)?.figures?.progress;
  const probabilities = progress && probabilitiesOf(progress.logits, model.ending);
  const chance = (index: number | undefined) => toPercent(probabilities?.[index ?? -1] ?? 0);
  return text('pair.saved', {
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
}

export async function savePicture(state: State, shown: Shown) {
  const { model } = await session();
  const {
    classes: [red, blue],
    maps,
  } = shown;
  const last = maps.at(-1);
  const cells = [byId<HTMLCanvasElement>('photo'), ...maps.map(({ canvas }) => canvas)];
  const columns = [text('pair.saved.photos'), ...maps.map(({ title }) => title)].map((title) => ({ title }));
  await saveAs({
    rows: [{ title: '' }],
    columns,
    size: 360,
    cell: (_, column) => cells[column],
    photo: () => undefined,
    note: () => '',
    caption: [captionOf(state, shown, model)],
    name: [
      text('pair.saved.name', { red, blue }),
      text('pair.saved.samples', { method: last?.title ?? '', count: last?.figures?.progress.done ?? 0 }),
    ],
  });
}
