// What the file is, in figures: for the sheet's first line and its list.
import { digestOf } from '../../common/digest.js';
import { make } from '../../common/dom.js';
import { noteSentence } from '../../common/notes.js';
import { numberFormat } from '../../common/numbers.js';
import type { OwnFile } from '../../common/own_models.js';
import { text } from '../../common/texts.js';
import { type Facts, writeSize } from './choices.js';

const digits = numberFormat({ maximumSignificantDigits: 3 });
const whole = numberFormat({});
const rounded = numberFormat({ notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 });

export const showBytes = (bytes: number) => (bytes < 1e6 ? `${whole(Math.ceil(bytes / 1e3))} KB` : `${digits(bytes / 1e6)} MB`);

export const showParameters = (count: number) => (count < 1e6 ? whole(count) : rounded(count));

const bytesOf = ({ onnx, files = {} }: OwnFile) =>
  Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, onnx.byteLength);

const sizeOf = ({ inputShape: [, , height = 1, width = 1] }: Facts) => writeSize([height, width]);

export function summaryOf(own: OwnFile, facts: Facts): string {
  const { file, classes, inputShape } = facts;
  const colours = inputShape[1] === 1 ? 'grey' : 'colour';
  return [
    text('sheet.parameters', { count: showParameters(file.parameters) }),
    showBytes(bytesOf(own)),
    text('sheet.classes', { count: classes }),
    text(`sheet.photos.${colours}`, { size: sizeOf(facts) }),
  ].join(' · ');
}

/** "Conv 49, Clip 33, Add 10", the most frequent first. */
export const operatorWords = (operators: Readonly<Record<string, number>>) =>
  Object.entries(operators)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

export async function showFacts(list: HTMLElement, notes: HTMLElement, own: OwnFile, facts: Facts) {
  const { file, output, outputs } = facts;
  const beside = Object.entries(own.files ?? {}).map(([name, { byteLength }]) => `${name} (${showBytes(byteLength)})`);
  const digest = await digestOf(own.onnx).catch(() => undefined);
  const rows = [
    [text('sheet.fact.producer'), file.producer || text('sheet.fact.silent')],
    [text('sheet.fact.opset'), String(file.opset)],
    [text('sheet.fact.operators'), operatorWords(file.operators)],
    [text('sheet.fact.parameters'), whole(file.parameters)],
    [text('sheet.fact.size'), [showBytes(own.onnx.byteLength), ...beside].join(', ')],
    ...(digest === undefined ? [] : [['SHA-256', digest]]),
    [
      text('sheet.fact.outputs'),
      outputs.length > 1 ? text('sheet.fact.explained', { outputs: outputs.join(', '), output }) : output,
    ],
    ...(['source', 'licence'] as const).flatMap((key) => {
      const value = file.metadata[`smoothgrad.${key}`];
      return value === undefined ? [] : [[text(`sheet.fact.${key}`), value]];
    }),
  ] as [string, string][];
  list.replaceChildren(
    ...rows.flatMap(([title, words]) => [make('dt', { textContent: title }), make('dd', { textContent: words })]),
  );
  notes.replaceChildren(...facts.notes.map((message) => make('li', { textContent: noteSentence(message) })));
  notes.hidden = facts.notes.length === 0;
}
