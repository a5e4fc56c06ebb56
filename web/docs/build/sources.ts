// What a page is made of beside its own words: parts of other files, each by a line of its own.
//   <!-- part README.md#Speed -->       the section under that heading, without the heading; those in it move one level up
//   <!-- lead models/zoo/RESULTS.md --> what stands before the second heading of a file
//   <!-- file PATH as yaml -->          a file, as a block of code; `PATH:FROM..TO`: its lines from the one to the other
//   <!-- cell PATH.ipynb -->            the first cell of a notebook
//   <!-- declaration engine.Engine -->  a type of the package, as it is declared
//   <!-- messages bad-option -->        the package's messages with that code
//   <!-- table methods -->              one of the engine's own tables
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messagesOf } from './messages.js';
import { type EngineTables, tableOf } from './tables.js';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const fence = (kind: string, text: string) => `\`\`\`\`${kind}\n${text.trimEnd()}\n\`\`\`\``;

const depthOf = (line: string) => /^(#+) /.exec(line)?.[1]?.length;

function part(address: string): string {
  const [file = '', heading = ''] = address.split('#');
  const lines = read(file).split('\n');
  const at = lines.findIndex((line) => depthOf(line) !== undefined && line.replace(/^#+ /, '') === heading);
  if (at < 0) throw new Error(`${file} has no heading "${heading}"`);
  const depth = depthOf(lines[at] as string) as number;
  const rest = lines.slice(at + 1);
  let isCode = false;
  const end = rest.findIndex((line) => {
    if (line.startsWith('```')) isCode = !isCode;
    return !isCode && (depthOf(line) ?? 9) <= depth;
  });
  const own = end < 0 ? rest : rest.slice(0, end);
  return own
    .map((line) => line.replace(/^#+(?= )/, (signs) => '#'.repeat(Math.max(2, signs.length - depth + 1))))
    .join('\n')
    .trim();
}

function file(words: string): string {
  const [, path = '', from, to, kind = ''] = /^(\S+?)(?::(.+)\.\.(.+))? as (\w+)$/.exec(words) ?? [];
  const text = read(path);
  if (from === undefined || to === undefined) return fence(kind, text);
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`${path} has no "${start < 0 ? from : to}"`);
  return fence(kind, text.slice(start, end + to.length));
}

function declaration(address: string): string {
  const [where = '', name = ''] = address.split('.');
  const text = read(`dist/smoothgrad/api/${where}.d.ts`);
  const pattern = new RegExp(`^(/\\*\\*(?:(?!\\*/)[^])*\\*/\n)?export (?:interface|type) ${name}\\b[^]*?^(?:}|.*;)$`, 'm');
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new Error(`${where}.d.ts declares no ${name}`);
  return fence('ts', found.replace(/^( {4})+/gm, (spaces) => ' '.repeat(spaces.length / 2)).replaceAll('export ', ''));
}

const lead = (file: string) => read(file).replace(/^# .*\n/, '').split(/^## /m)[0]?.trim() ?? '';

function cell(path: string): string {
  const { cells } = JSON.parse(read(path)) as { cells: { source: string[] }[] };
  return fence('py', cells[0]?.source.join('') ?? '');
}

const directives: Record<string, (words: string, tables: EngineTables) => string> = {
  part,
  lead,
  file,
  cell,
  declaration,
  messages: (code) => messagesOf(code).map((message) => `- \`${message}\``).join('\n'),
  table: (name, tables) => tableOf(tables[name] ?? []),
};

export const sourceOf = (name: string, tables: EngineTables) =>
  read(`web/docs/${name}.md`).replace(/^<!-- (\w+) (.+) -->$/gm, (line, directive: string, words: string) => {
    const make = directives[directive];
    if (!make) throw new Error(`${name}.md: ${line}`);
    return make(words, tables);
  });
