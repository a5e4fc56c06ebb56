// Results as one Parquet table: a column for each figure, and the whole line as JSON. The writer is an optional dependency.

import { SmoothGradError } from '../../api/errors.js';
import type { Fields } from './entries.js';

type Type = 'STRING' | 'INT32' | 'DOUBLE' | 'JSON';

interface Column {
  name: string;
  type: Type;
  read(line: Fields): unknown;
}

const label = (value: unknown) => value as { index: number; name: string } | undefined;

/** Named as the columns of wasm/ray. */
const fixed: readonly Column[] = [
  { name: 'id', type: 'STRING', read: ({ id }) => id },
  { name: 'photo', type: 'STRING', read: ({ photo }) => photo },
  { name: 'failed', type: 'STRING', read: ({ failed }) => (failed as { message: string } | undefined)?.message },
  { name: 'target', type: 'INT32', read: ({ target }) => label(target)?.index },
  { name: 'target_name', type: 'STRING', read: ({ target }) => label(target)?.name },
  { name: 'samples', type: 'INT32', read: ({ samples }) => samples },
  { name: 'relative_error', type: 'DOUBLE', read: ({ relativeError }) => relativeError },
  { name: 'corrected_error', type: 'DOUBLE', read: ({ correctedError }) => correctedError },
];

const measuresOf = ({ measures }: Fields) => (measures ?? {}) as Fields;
const filesOf = ({ files }: Fields) => (files ?? {}) as Fields;

function columnsOf(lines: readonly Fields[]): Column[] {
  const namesIn = (read: (line: Fields) => Fields) => [...new Set(lines.flatMap((line) => Object.keys(read(line))))];
  return [
    ...fixed,
    ...namesIn(measuresOf).map((name): Column => ({ name, type: 'DOUBLE', read: (line) => measuresOf(line)[name] })),
    ...namesIn(filesOf).map((name): Column => ({ name, type: 'STRING', read: (line) => filesOf(line)[name] })),
    { name: 'result', type: 'JSON', read: (line) => line },
  ];
}

/** -> what makes the bytes of a table of lines of JSON. Throws `not-found` where the writer is not installed. */
export async function openParquet(): Promise<(text: string) => Uint8Array> {
  const writer = await import('hyparquet-writer').catch((cause: unknown) => {
    throw new SmoothGradError('not-found', 'Parquet is written by the package hyparquet-writer: npm install hyparquet-writer', {
      cause,
    });
  });
  return (text) => {
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Fields);
    const columnData = columnsOf(lines).map(({ name, type, read }) => ({
      ...{ name, type, nullable: true },
      data: lines.map((line) => read(line) ?? null),
    }));
    return new Uint8Array(writer.parquetWriteBuffer({ columnData }));
  };
}
