// What the sheet says of a model: what stands in its fields, and the options of loadModel() that follow.
import type { Model } from 'smoothgrad';
import type { ModelSettings } from '../../common/own_models.js';
import { text } from '../../common/texts.js';
import { type Levels, levelsIn, near } from './presets.js';

/** What the file says, or what is done where it does not. */
export interface Facts
  extends Pick<
    Model,
    | 'inputShape'
    | 'classes'
    | 'classNames'
    | 'preprocessing'
    | 'output'
    | 'outputs'
    | 'ending'
    | 'endingSource'
    | 'file'
    | 'notes'
  > {
  /** It leaves the size of its input open. */
  isOpen: boolean;
}

export interface Choices extends Levels {
  /** Height and width. */
  size: readonly [number, number];
  fit: 'crop' | 'stretch';
  resize: number;
  /** Undefined: as the file names them, or by number. */
  names: readonly string[] | undefined;
  output: string;
  ending: Model['ending'];
}

const sizeOf = ([, , height = 1, width = 1]: readonly number[]): [number, number] => [height, width];

/** The fields of a model with these settings, before anybody changes them. */
export function choicesOf(facts: Facts, settings: ModelSettings): Choices {
  const { preprocessing } = facts;
  const levels = levelsIn(preprocessing);
  const { size, fit, resize, mean, std, channelOrder, classNames, output, ending } = settings;
  return {
    size: size === undefined ? sizeOf(facts.inputShape) : typeof size === 'number' ? [size, size] : size,
    fit: fit ?? preprocessing.fit,
    resize: resize ?? preprocessing.resize,
    mean: mean ?? levels.mean,
    std: std ?? levels.std,
    order: channelOrder ?? levels.order,
    names: classNames,
    output: output === undefined ? facts.output : String(output),
    ending: ending ?? facts.ending,
  };
}

const same = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((value, i) => value === b[i]);

/** Only what differs from the file: what it says itself stays its own. */
export function settingsOf(choices: Choices, facts: Facts): ModelSettings {
  const said = choicesOf(facts, {});
  const { size, fit, resize, mean, std, order, names, output, ending } = choices;
  return {
    ...(facts.isOpen || !same(size, said.size) ? { size: [...size] as [number, number] } : {}),
    ...(fit === said.fit ? {} : { fit }),
    ...(fit === 'stretch' || resize === said.resize ? {} : { resize }),
    ...(near(mean, said.mean) && near(std, said.std) ? {} : { mean: [...mean], std: [...std] }),
    ...(order === said.order ? {} : { channelOrder: order }),
    ...(names === undefined ? {} : { classNames: [...names] }),
    ...(output === said.output ? {} : { output }),
    ...(ending === said.ending || ending === 'none' ? {} : { ending }),
  };
}

/** Which of the fields the file itself speaks of. */
export function saidByFile({ file: { metadata }, preprocessing, classNames, endingSource, isOpen }: Facts) {
  const has = (...keys: string[]) => keys.some((key) => key in metadata);
  return {
    size: !isOpen,
    fit: has('smoothgrad.fit'),
    resize: has('smoothgrad.resize'),
    levels: preprocessing.source !== 'default' || has('smoothgrad.channel_order', 'Image.BitmapPixelFormat'),
    names: classNames.length > 0,
    ending: endingSource === 'file',
  };
}

/** "224" or "224 x 192", height first. Throws, in words for people. */
export function readSize(typed: string): [number, number] {
  const sides = typed.split(/[x×\s,]+/i).filter((part) => part !== '');
  const numbers = sides.map(Number);
  const fits = numbers.every((side) => Number.isInteger(side) && side >= 1 && side <= 4096);
  if (!fits || numbers.length < 1 || numbers.length > 2) {
    throw new Error(text('sheet.wrong.size'));
  }
  const [height, width = height] = numbers as [number, number?];
  return [height, width as number];
}

export const writeSize = ([height, width]: readonly [number, number]) =>
  height === width ? String(height) : `${height} × ${width}`;
