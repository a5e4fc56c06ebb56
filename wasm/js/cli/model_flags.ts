// The command line's options of a model, the same for every command that explains photos; and what is said of it once.
import type { Command } from 'commander';
import { badOption } from '../api/errors.js';
import type { Engine, Model, ModelOptions } from '../api/index.js';
import { channelOrders, endings, fits, presetEntries } from '../client/model_options.js';
import { given, number, seed } from './arguments.js';
import { loadingBar } from './loading_bar.js';
import { note } from './terminal.js';

export const shippedModel = 'efficientnet-lite0';
export const modelHelp = "a shipped model's name or an ONNX file";

/** As they are typed. */
export interface ModelFlags
  extends Pick<ModelOptions, 'resize' | 'fit' | 'mean' | 'std' | 'preset' | 'channelOrder' | 'ending'> {
  model: string;
  inputSize?: ModelOptions['size'];
  scores?: string;
  randomisedLayers?: number;
  randomisationSeed?: number | bigint;
}

/** Numbers with commas or spaces between; what is none stays for the check to name. */
const numbers = (text: string): number[] => text.split(/[\s,]+/).map(number);

/** 224 or 224x192, height first. */
function inputSize(text: string): ModelOptions['size'] {
  const sides = text.split('x').map(number);
  if (sides.length > 2) throw badOption(`--input-size must be pixels, such as 224 or 224x192 (height first), not "${text}"`);
  return sides.length === 1 ? (sides[0] as number) : [sides[0] as number, sides[1] as number];
}

const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name).join(', ');

export const withInputSize = (command: Command): Command =>
  command.option('--input-size <n>', 'pixels, or HEIGHTxWIDTH, where the file leaves them open', inputSize);

export const withModel = (command: Command): Command =>
  withInputSize(command.option('--model <model>', modelHelp, shippedModel))
    .option('--scores <output>', 'name or number of the output that holds the class scores; default: chosen')
    .option('--resize <n>', 'shorter side of the photo before its centre is cropped; default: as the file says', number)
    .option('--fit <name>', `what becomes of a photo's shape: ${names(fits)}; default: as the file says, else crop`)
    .option('--preset <name>', `what levels become, in place of mean and std: ${names(presetEntries)}`)
    .option('--mean <numbers>', 'level that is subtracted, one a channel, such as 123.7,116.3,103.5', numbers)
    .option('--std <numbers>', 'what the difference is divided by, one a channel', numbers)
    .option('--channel-order <name>', `of the network's channels: ${names(channelOrders)}; default: as the file says`)
    .option('--ending <name>', `what makes probabilities of scores, where the file does not say: ${names(endings)}`);

export const withRandomisation = (command: Command): Command =>
  command
    .option('--randomised-layers <n>', 'give the last n layers random weights: the map must change', number)
    .option('--randomisation-seed <n>', 'of those weights; default: 0', seed);

const asTyped = [
  'resize',
  'fit',
  'mean',
  'std',
  'preset',
  'channelOrder',
  'ending',
  'randomisedLayers',
  'randomisationSeed',
] as const;

/** All that changes what a model's file computes. */
export const modelOptionNames = [...asTyped, 'inputSize', 'scores'] as const;

export async function openModel(engine: Engine, flags: ModelFlags): Promise<Model> {
  const { inputSize: size, scores: output } = flags;
  const progress = loadingBar(flags.model);
  try {
    return await engine.loadModel(flags.model, {
      ...given(flags, ...asTyped),
      ...(size === undefined ? {} : { size }),
      ...(output === undefined ? {} : { output }),
      onProgress: progress.told,
    });
  } finally {
    progress.stop();
  }
}

/** The model of a command; what people should know of it goes to stderr, once. */
export async function loadModel(engine: Engine, flags: ModelFlags): Promise<Model> {
  const model = await openModel(engine, flags);
  for (const text of model.notes) note(text);
  return model;
}
