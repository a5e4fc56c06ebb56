// REFERENCE.md: options, command line and element, from the tables; the command line's help as it prints it.
import { attributes } from '../element/attributes.js';
import { bubbling, events, methods, parts, properties, slots, states, styles } from '../element/surface.js';
import { defaultOf, methodsOf, rangeOf } from '../options/describe.js';
import { toKebab } from '../options/kebab.js';
import type { Options } from '../options/option.js';
import {
  drawingOptions,
  mapOptions,
  methodOptions,
  referenceOptions,
  samplingOptions,
  scoreOptions,
  untilOptions,
} from '../options/table.js';

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const groups: readonly [string, string, Options][] = [
  ['What is computed', 'A change makes new samples.', methodOptions],
  ['Whose score', 'A change makes new samples.', scoreOptions],
  ['Which samples', 'A change makes new samples, but for `samples`: more go on from those there are.', samplingOptions],
  ['Of methods that are not made of samples', 'A change makes another map.', referenceOptions],
  ['What is made of the samples', 'Needs no new sample.', mapOptions],
  ['How it is drawn', 'Needs no new sample.', drawingOptions],
  ['When it stops early', 'Members of `until`; on the command line `--until-error` and `--until-ms`.', untilOptions],
];

const optionTable = (rows: Options) =>
  table(
    ['option', 'flag, attribute', 'what', 'values', 'default', 'for'],
    Object.entries(rows).map(([name, option]) => [
      `\`${name}\``,
      `\`${toKebab(name)}\``,
      `${option.help}${option.unit ? `, in ${option.unit}` : ''}`,
      option.of ? `engine.${option.of}` : rangeOf(option) || option.kind,
      defaultOf(option) ?? 'off',
      methodsOf(option) || 'all methods',
    ]),
  );

/** `help`: of each command, as it is printed. */
export function markdown(version: string, help: readonly { command: string; text: string }[]): string {
  const sections = [
    `# SmoothGrad ${version}: reference`,
    'Made from the table of options at build; the same names hold in the API, on the command line (`--clean-last`) and as attributes of the element (`clean-last`).',
    '## Options of a run',
    ...groups.flatMap(([title, words, rows]) => [`### ${title}`, words, optionTable(rows)]),
    '## Command line',
    ...help.flatMap(({ command, text }) => [`### smoothgrad ${command}`, `\`\`\`\n${text.trim()}\n\`\`\``]),
    '## `<smooth-grad>`',
    '### Attributes',
    table(
      ['attribute', 'property', 'type', 'what'],
      Object.entries(attributes).map(([name, { reading, help: what }]) => [
        `\`${toKebab(name)}\``,
        `\`${name}\``,
        reading,
        what,
      ]),
    ),
    '### Properties',
    table(
      ['property', 'type', 'what'],
      Object.entries(properties).map(([name, { type, help: what }]) => [`\`${name}\``, `\`${type}\``, what]),
    ),
    '### Methods',
    table(
      ['method', 'what'],
      Object.entries(methods).map(([name, what]) => [`\`${name}()\``, what]),
    ),
    '### Slots',
    table(
      ['slot', 'what'],
      Object.entries(slots).map(([name, what]) => [name || '(its content)', what]),
    ),
    '### Events',
    table(
      ['event', 'detail', 'when', 'bubbles'],
      Object.entries(events).map(([name, { detail, help: what }]) => [
        `\`${name}\``,
        `\`${detail}\``,
        what,
        bubbling.has(name as keyof typeof events) ? 'yes' : 'no',
      ]),
    ),
    '### Style',
    table(
      ['custom property', 'default', 'what'],
      Object.entries(styles).map(([name, style]) => [`\`${name}\``, `\`${style.default}\``, style.help]),
    ),
    table(
      ['part', 'what'],
      Object.entries(parts).map(([name, what]) => [`\`::part(${name})\``, what]),
    ),
    table(
      ['state', 'when'],
      Object.entries(states).map(([name, what]) => [`\`:state(${name})\``, what]),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}
