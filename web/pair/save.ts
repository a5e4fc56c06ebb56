// The two photos and the two maps as one picture, with a caption.
import { byId } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { download, drawPicture, toBlob } from '../common/picture.js';
import { session } from '../common/session.js';
import type { DifferenceMap } from './difference_map.js';
import type { State } from './state.js';

interface Shown {
  /** Names, left and right. */
  classes: [string, string];
  /** How the two are subtracted, in words. */
  difference: string;
  maps: readonly DifferenceMap[];
}

export async function savePicture(state: State, { classes: [red, blue], difference, maps }: Shown) {
  const { model } = await session();
  const { left, right, noise, percentile, seed } = state;
  const samples = maps.map(({ title, figures }) => `${title}, ${figures?.progress.done ?? 0} samples`).join('; ');
  const shares = maps.map(({ title, figures }) => `${title} ${((figures?.sidedShare ?? 0) * 100).toFixed(1)} %`).join(', ');
  const caption = `Left: ${red} (red); right: ${blue} (blue). ${difference}; ${samples}; noise ${toPercent(noise)}, seed ${seed}; drawn up to percentile ${percentile}. On the object it speaks for: ${shares} of all that is coloured; one half is chance. Network: ${model.name}.`;
  const cells = [byId<HTMLCanvasElement>('photo'), ...maps.map(({ canvas }) => canvas)];
  const columns = ['Two photos', ...maps.map(({ title }) => title)].map((title) => ({ title }));
  const picture = drawPicture({
    rows: [{ title: '' }],
    columns,
    cell: (_, column) => cells[column],
    photo: () => undefined,
    note: () => '',
    caption,
  });
  download(await toBlob(picture), `smoothgrad-${left}-and-${right}.png`);
}
