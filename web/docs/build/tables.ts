// The engine's own tables, as it says them: methods, conventions and the names that options take.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Row = Readonly<Record<string, unknown>>;
export type EngineTables = Readonly<Record<string, readonly Row[]>>;

/** From the package that was built just before. */
export async function engineTables(): Promise<EngineTables> {
  const { createEngine } = await import(pathToFileURL(join(import.meta.dirname, '../../../dist/smoothgrad/node.js')).href);
  const engine = await createEngine({ threads: 1, build: 'simd' });
  const tables = Object.fromEntries(Object.entries(engine).filter(([, value]) => Array.isArray(value)));
  engine.close();
  return tables as EngineTables;
}

const inWords = (key: string) => key.replace(/(?!^)[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
const cell = (value: unknown) => (value === undefined ? '' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** As a table of markdown; the name as it is written in code. */
export function tableOf(rows: readonly Row[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => key !== 'name');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['name', ...keys.map(inWords)]),
    line(['name', ...keys].map(() => '---')),
    ...rows.map((row) => line([`\`${row.name}\``, ...keys.map((key) => cell(row[key]))])),
  ].join('\n');
}
