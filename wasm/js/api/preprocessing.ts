// How photos become a network's input: what is done, and in words.

export type ChannelOrder = 'rgb' | 'bgr';

/** What becomes of the shape of a photo: its centre is cut out of it, or all of it is stretched to the shape of the input. */
export type Fit = 'crop' | 'stretch';

/** What is made of levels 0 to 255: 'imagenet' is torchvision's mean and std, 'levels' leaves them as they are. */
export type Preset = 'imagenet' | 'zero-one' | 'minus-one-one' | 'levels';

/** What is done to a photo: shorter side to `resize`, the centre of `size` (or stretched to it), then (level - mean) / std. */
export interface Preprocessing {
  readonly fit: Fit;
  /** Nothing where it is stretched. */
  readonly resize: number;
  /** Height and width of the input. */
  readonly size: readonly [number, number];
  /** One number a channel, in the order of the network's channels. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly channelOrder: ChannelOrder | 'grey';
  /**
   * Who says so of mean and std: the options of loadModel(); the file's `smoothgrad.*` or `Image.*`; the integer type of its input
   * ('levels'); or nobody ('default': level / 255).
   */
  readonly source: 'options' | 'smoothgrad' | 'image' | 'levels' | 'default';
}

/** In levels; of RGB where there are three. */
export const presets: Readonly<Record<Preset, { mean: readonly number[]; std: readonly number[] }>> = {
  imagenet: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
  'zero-one': { mean: [0], std: [255] },
  'minus-one-one': { mean: [127.5], std: [127.5] },
  levels: { mean: [0], std: [1] },
};

const list = (numbers: readonly number[]) => {
  const shown = numbers.map((number) => String(Math.round(number * 1000) / 1000));
  return new Set(shown).size === 1 ? shown[0] : `[${shown.join(', ')}]`;
};

function levelWords({ mean, std }: Preprocessing): string {
  const isAll = (numbers: readonly number[], value: number) => numbers.every((number) => number === value);
  const shifted = isAll(mean, 0) ? 'level' : `level - ${list(mean)}`;
  if (isAll(std, 1)) return isAll(mean, 0) ? 'levels 0 to 255 as they are' : shifted;
  return `${isAll(mean, 0) ? shifted : `(${shifted})`} / ${list(std)}`;
}

/** "shorter side to 256, centre of 224 x 224, RGB, (level - 127) / 128": for people. */
export function describePreprocessing(preprocessing: Preprocessing): string {
  const { fit, resize, size, channelOrder } = preprocessing;
  const order = channelOrder === 'grey' ? 'grey' : channelOrder.toUpperCase();
  const shape = `${size[0]} x ${size[1]}`; // height first, as in shapes
  return [
    ...(fit === 'stretch' ? [`stretched to ${shape}`] : [`shorter side to ${resize}`, `centre of ${shape}`]),
    order,
    levelWords(preprocessing),
  ].join(', ');
}

/** What people should know of where it comes from; nothing where the model's own metadata or the caller says it. */
export function preprocessingNote(preprocessing: Preprocessing): string | undefined {
  const done = describePreprocessing(preprocessing);
  if (preprocessing.source === 'image') return `photos are prepared as the file's Image.* metadata says: ${done}`;
  const isPhoto = preprocessing.size.every((side) => side > 1) && [1, 3].includes(preprocessing.mean.length);
  if (preprocessing.source !== 'default' || !isPhoto) return undefined;
  return `the file does not say how its photos are prepared, so this is done: ${done}; mean and std, or preset, say otherwise`;
}
