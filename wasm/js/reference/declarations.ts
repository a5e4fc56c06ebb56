// The types of the options, spelt out: the package's declarations, so that an editor shows what each option is.

import { helpOf, methodsOf, rangeOf } from '../options/describe.js';
import type { Option, Options } from '../options/option.js';
import { drawingOptions, mapOptions, runOptions, untilOptions } from '../options/table.js';

const types: { [K in Option['kind']]: string } = {
  flag: 'boolean',
  number: 'number',
  whole: 'number',
  seed: 'number | bigint',
  name: 'string',
  class: 'number | string',
  layer: 'string',
};

const sentence = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}.`;

function member(name: string, row: Option): string {
  const methods = methodsOf(row);
  const range = rangeOf(row);
  const lines = [
    sentence(helpOf(row)),
    ...(range ? [sentence(range)] : []),
    ...(row.of ? [`One of the engine's ${row.of}.`] : []),
    ...(methods ? [`Of ${methods}.`] : []),
  ];
  return `    /** ${lines.join(' ')} */\n    ${name}?: ${types[row.kind]};`;
}

const declaration = (name: string, help: string, rows: Options) =>
  `/** ${help} */\nexport interface ${name} {\n${Object.entries(rows)
    .map(([option, row]) => member(option, row))
    .join('\n')}\n}`;

/** api/options.d.ts */
export const declarations = () =>
  [
    declaration('RunOptions', 'Every option of a run but its stop rules.', runOptions),
    declaration('MapOptions', 'How one channel is made of an attribution.', mapOptions),
    declaration('DrawingOptions', 'How a map is drawn.', drawingOptions),
    declaration('UntilOptions', 'Stops before all samples are done.', untilOptions),
    '',
  ].join('\n');
