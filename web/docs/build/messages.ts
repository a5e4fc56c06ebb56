// The package's error messages by their code, read from its sources: what is put in at run time is an ellipsis.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** How a message is thrown: the code, where it is said there, and where the message begins. */
const calls: readonly { folder: string; files: RegExp; call: RegExp; code: (named: string | undefined) => string }[] = [
  { folder: 'wasm/js', files: /\.ts$/, call: /SmoothGradError\(\s*'([\w-]+)',/g, code: (named) => named ?? '' },
  { folder: 'wasm/js', files: /\.ts$/, call: /badOption\(/g, code: () => 'bad-option' },
  {
    folder: 'core',
    files: /\.(cpp|h)$/,
    call: /(?:refuse|throw Error)\(ErrorCode::k(\w+),/g,
    code: (named = '') => named.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase(),
  },
];

/** To the bracket that ends the call. */
export function argumentsAt(text: string, from: number): string {
  let depth = 1;
  let at = from;
  for (let quote = ''; depth > 0 && at < text.length; at++) {
    const sign = text[at] as string;
    if (quote) {
      if (sign === '\\') at++;
      else if (sign === quote) quote = '';
    } else if (/["'`]/.test(sign)) quote = sign;
    else if (/[({]/.test(sign)) depth++;
    else if (/[)}]/.test(sign)) depth--;
  }
  return text.slice(from, at - 1);
}

const literal = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;

/** Its literals, with an ellipsis for all between them. */
export function wordsOf(argument: string): string {
  let words = '';
  let end = 0;
  for (const match of argument.matchAll(literal)) {
    if (/\w/.test(argument.slice(end, match.index))) words += '…';
    const [whole, double, single, template] = match;
    words += double ?? single ?? template?.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…') ?? '';
    end = match.index + whole.length;
  }
  if (/\w/.test(argument.slice(end))) words += '…';
  return words.replace(/\\(.)/g, '$1').replace(/…+/g, '…').trim();
}

const isSaid = (words: string) => words.replace(/[^a-z]/gi, '').length > 8;

let all: Map<string, Set<string>> | undefined;

function readAll(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { folder, files, call, code } of calls) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => files.test(name))) {
      const text = readFileSync(join(root, folder, name), 'utf8');
      for (const match of text.matchAll(call)) {
        const words = wordsOf(argumentsAt(text, match.index + match[0].length));
        const of = found.get(code(match[1])) ?? new Set();
        if (isSaid(words)) found.set(code(match[1]), of.add(words));
      }
    }
  }
  return found;
}

export function messagesOf(code: string): string[] {
  all ??= readAll();
  return [...(all.get(code) ?? [])].sort((a, b) => a.localeCompare(b, 'en'));
}
