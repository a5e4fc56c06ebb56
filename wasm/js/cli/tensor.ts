// smoothgrad tensor: a network's raw tensors, from file to file.

import { badOption, SmoothGradError } from '../api/errors.js';
import type { Model, ModelOptions, RawTensor, RunOptions } from '../api/index.js';
import { follow } from '../client/follow.js';
import { createEngine } from '../node.js';
import { checkName } from '../options/check_values.js';
import { mapOptions, methodOptions, samplingOptions, scoreOptions } from '../options/table.js';
import { given } from './arguments.js';
import { dashed } from './flags.js';
import { checkOutputs } from './outputs.js';
import { readTensor, writeTensor } from './terminal.js';

const { rule, timesInput, method: methodOption } = methodOptions;
const ofMethods = { timesInput, ...samplingOptions, reduction: mapOptions.reduction };

/** Options of runs that end in a tensor. */
export const tensorOptions = { method: methodOption, rule, ...scoreOptions, ...ofMethods };

const ofMethodNames = Object.keys(ofMethods) as (keyof typeof ofMethods)[];

export interface TensorCommand extends Pick<RunOptions, keyof typeof tensorOptions> {
  input: string;
  output?: string;
  gradient?: string;
  threads?: number;
  inputSize?: ModelOptions['size'];
}

/** Options that mean nothing without another must not be ignored in silence. */
function checkNeeds(command: TensorCommand, needed: keyof TensorCommand, options: readonly (keyof TensorCommand)[]): void {
  if (command[needed] !== undefined) return;
  const given = options.find((option) => command[option] !== undefined);
  if (given !== undefined) throw badOption(`${dashed(given)} is for ${dashed(needed)}: give that too`);
}

function check(source: string, command: TensorCommand): void {
  const { input, output, gradient, target, difference } = command;
  if (output === undefined && gradient === undefined)
    throw badOption('nothing to write: give --output y.npy or --gradient g.npy');
  if (gradient !== undefined && target === undefined)
    throw badOption('--gradient needs --target, the class that is differentiated');
  checkNeeds(command, 'gradient', ['target', 'versus', 'difference', 'rule', 'method']);
  checkNeeds(command, 'method', ofMethodNames);
  checkNeeds(command, 'versus', ['difference']);
  if (difference !== undefined && difference !== 'gradient') {
    throw badOption(
      `--difference must be gradient, not "${difference}": scaled is made of two maps, and tensor writes attributions; ` +
        'explain --difference scaled --raw writes it for a photo',
    );
  }
  checkOutputs({ '--output': [output ?? []].flat(), '--gradient': [gradient ?? []].flat() }, [input, source]);
}

/** Leading ones may be left out. */
async function readInput(path: string, model: Model): Promise<RawTensor> {
  const { shape, data } = await readTensor(path);
  const padded = [...Array(Math.max(0, model.inputShape.length - shape.length)).fill(1), ...shape];
  const wrong = (what: string) => new SmoothGradError('bad-tensor', `${path}: ${what}`);
  if (padded.join() !== model.inputShape.join()) {
    throw wrong(`the input's shape must be [${model.inputShape.join(', ')}], not [${shape.join(', ')}]`);
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw wrong(`element ${at} is ${data[at]}: the input must be finite numbers`);
  return { shape: padded, data };
}

async function attribution(model: Model, input: RawTensor, command: TensorCommand): Promise<RawTensor> {
  const explanation = model.explain(input, given(command, 'method', 'target', 'versus', 'rule', ...ofMethodNames));
  await follow(explanation);
  return explanation.attribution();
}

export async function tensor(source: string, command: TensorCommand): Promise<number> {
  check(source, command);
  const { target, versus, rule, method, threads, inputSize: size } = command;
  // Lanes are for methods; logits and one gradient are one pass.
  const lanes = method === undefined ? { threads: 1 } : threads === undefined ? {} : { threads };
  const engine = await createEngine(lanes);
  try {
    if (method !== undefined) checkName('method', method, engine.methods);
    const model = await engine.loadModel(source, size === undefined ? {} : { size });
    const input = await readInput(command.input, model);
    const { logits, gradient } = await model.evaluate(input, {
      ...(rule === undefined ? {} : { rule }),
      ...(target === undefined || method !== undefined ? {} : { target }),
      ...(versus === undefined || method !== undefined ? {} : { versus }),
    });
    const result = method === undefined ? gradient : await attribution(model, input, command);
    if (command.output !== undefined) await writeTensor(command.output, { shape: [1, logits.length], data: logits });
    if (command.gradient !== undefined && result) await writeTensor(command.gradient, result);
    return 0;
  } finally {
    engine.close();
  }
}
