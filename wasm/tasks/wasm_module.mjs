// What a WebAssembly file is made of, as far as its size wants it: its sections, where each function's code lies, and names;
// and a section of names to give to it.

const custom = 0;
const sectionNames = { 1: 'types', 2: 'imports', 3: 'functions', 7: 'exports', 9: 'elements', 10: 'code', 11: 'data' };
const functionImport = 0;
const functionNames = 1;

/** A reader of LEB128 numbers and names, from a place on. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  name() {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  limits() {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

function sectionsOf(bytes) {
  const sections = [];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const content = reader.at;
    const name = id === custom ? reader.name() : (sectionNames[id] ?? `section ${id}`);
    sections.push({ id, name, start, content, inside: reader.at, end: content + length });
    reader.at = content + length;
  }
  return sections;
}

/** What an import is besides its names, by its kind: function, table, memory, global, tag. */
const skipImport = [
  (reader) => reader.number(),
  (reader) => [reader.byte(), reader.limits()],
  (reader) => reader.limits(),
  (reader) => [reader.byte(), reader.byte()],
  (reader) => [reader.byte(), reader.number()],
];

function importedFunctions(bytes, section) {
  if (!section) return 0;
  const reader = new Reader(bytes, section.content);
  let functions = 0;
  for (let left = reader.number(); left > 0; --left) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    skipImport[kind](reader);
    if (kind === functionImport) ++functions;
  }
  return functions;
}

function namesOf(bytes, section) {
  const names = new Map();
  if (!section) return names;
  const reader = new Reader(bytes, section.inside);
  while (reader.at < section.end) {
    const kind = reader.byte();
    const length = reader.number();
    const next = reader.at + length;
    for (let left = kind === functionNames ? reader.number() : 0; left > 0; --left) names.set(reader.number(), reader.name());
    reader.at = next;
  }
  return names;
}

/**
 * {sections: [{id, name, start, end}], imported: how many functions are, functions: [{name, start, end}]}: places in the file; a
 * function's include its length.
 */
export function readModule(bytes) {
  const sections = sectionsOf(bytes);
  const find = (name) => sections.find((section) => section.name === name);
  const imported = importedFunctions(bytes, find('imports'));
  const names = namesOf(bytes, find('name'));
  const functions = [];
  const reader = new Reader(bytes, find('code').content);
  const count = reader.number();
  for (let i = 0; i < count; ++i) {
    const start = reader.at;
    const length = reader.number();
    reader.at += length;
    functions.push({ name: names.get(imported + i) ?? '', start, end: reader.at });
  }
  return { sections, imported, functions };
}

/** The file as it is downloaded, without sections for tools; places in it are those in `bytes` up to the first such section. */
export function withoutCustom(bytes, { sections }) {
  const kept = sections.filter(({ id }) => id !== custom).map(({ start, end }) => bytes.subarray(start, end));
  return Buffer.concat([bytes.subarray(0, 8), ...kept]);
}

function leb(number) {
  const bytes = [];
  for (let left = number; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

const named = (name) => {
  const bytes = new TextEncoder().encode(name);
  return [...leb(bytes.length), ...bytes];
};

/** The custom section that names functions, imported ones first. */
export function nameSection(names) {
  const map = [...leb(names.length), ...names.flatMap((name, i) => [...leb(i), ...named(name)])];
  const content = [...named('name'), functionNames, ...leb(map.length), ...map];
  return Buffer.from([custom, ...leb(content.length), ...content]);
}
