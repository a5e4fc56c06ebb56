// How photos are usually prepared: what is taken from the levels 0 to 255 and what divides the rest, by the names people know.
import { type ChannelOrder, type Preprocessing, presets } from 'smoothgrad';
import { text } from '../../common/texts.js';

export interface Levels {
  /** One number a channel, in the order of the network's channels. */
  mean: readonly number[];
  std: readonly number[];
  /** Of three channels. */
  order: ChannelOrder;
}

interface Row {
  /** Called `preset.NAME` in the texts. */
  name: 'imagenet' | 'zero-one' | 'minus-one-one' | 'levels' | 'levels-bgr' | 'caffe';
  /** One number for all channels, or one each. */
  mean: readonly number[];
  std: readonly number[];
  order: ChannelOrder;
}

export const rows: readonly Row[] = [
  { name: 'imagenet', ...presets.imagenet, order: 'rgb' },
  { name: 'zero-one', ...presets['zero-one'], order: 'rgb' },
  { name: 'minus-one-one', ...presets['minus-one-one'], order: 'rgb' },
  { name: 'levels', ...presets.levels, order: 'rgb' },
  { name: 'levels-bgr', ...presets.levels, order: 'bgr' },
  {
    name: 'caffe',
    mean: [103.939, 116.779, 123.68],
    std: [1],
    order: 'bgr',
  },
];

export const ownNumbers = 'own' as const;

const each = (numbers: readonly number[], channels: number) =>
  numbers.length === 1 ? Array.from({ length: channels }, () => numbers[0] as number) : numbers;

/** Those that suit a network of so many channels. */
export const presetsFor = (channels: number) =>
  rows.filter(({ mean, std, order }) =>
    channels === 3 ? true : order === 'rgb' && [mean, std].every((numbers) => each(numbers, channels).length === channels),
  );

export function levelsOf(name: string, channels: number): Levels | undefined {
  const row = rows.find((each) => each.name === name);
  return row && { mean: each(row.mean, channels), std: each(row.std, channels), order: row.order };
}

/** As far as anybody writes them. */
export const near = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) < 1e-3);

/** The name of these numbers, or `own`. */
export function presetOf({ mean, std, order }: Levels): string {
  const found = presetsFor(mean.length).find((row) => {
    const levels = levelsOf(row.name, mean.length) as Levels;
    return near(levels.mean, mean) && near(levels.std, std) && (mean.length !== 3 || levels.order === order);
  });
  return found?.name ?? ownNumbers;
}

export const levelsIn = ({ mean, std, channelOrder }: Pick<Preprocessing, 'mean' | 'std' | 'channelOrder'>): Levels => ({
  mean,
  std,
  order: channelOrder === 'bgr' ? 'bgr' : 'rgb',
});

/** "123.675, 116.28, 103.53" or "127.5": numbers with commas or spaces between, one or one a channel. Throws, in words for people. */
export function readNumbers(field: string, typed: string, channels: number, above = Number.NEGATIVE_INFINITY): number[] {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  const refusal = (reason: string) => new Error(text('sheet.wrong', { field, reason }));
  const wrong = parts[numbers.findIndex((number) => !Number.isFinite(number))];
  if (wrong !== undefined) throw refusal(text('sheet.wrong.number', { text: wrong }));
  if (numbers.length !== 1 && numbers.length !== channels) {
    throw refusal(text('sheet.wrong.count', { count: channels, found: numbers.length }));
  }
  if (numbers.some((number) => number <= above)) throw refusal(text('sheet.wrong.above', { limit: above }));
  return [...each(numbers, channels)];
}

export const writeNumbers = (numbers: readonly number[]) => {
  const shown = numbers.map((number) => String(Math.round(number * 1e4) / 1e4));
  return new Set(shown).size === 1 ? (shown[0] as string) : shown.join(', ');
};
