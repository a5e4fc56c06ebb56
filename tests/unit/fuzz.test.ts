// Whatever is read from outside is read, or refused by an error of ours: files of numbers, addresses, saved lines, attributes.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { SmoothGradError } from '../../wasm/js/api/errors.js';
import { formatNpy, parseNpy } from '../../wasm/js/api/npy.js';
import { entriesOf } from '../../wasm/js/cli/batch/entries.js';
import { readResults } from '../../wasm/js/cli/batch/result_lines.js';
import { attributeReadings } from '../../wasm/js/element/attributes.js';
import { reflecting } from '../../wasm/js/element/reflecting.js';
import { checkLook, checkRun } from '../../wasm/js/options/check_options.js';
import { toKebab } from '../../wasm/js/options/kebab.js';
import { optionNames } from '../../wasm/js/options/kinds.js';
import { readStudy } from '../../wasm/js/study/study_file.js';
import { readState, within, word, writeState } from '../../web/common/address.js';
import { defaults, readers } from '../../web/main/state.js';
import { subject } from './subject.js';

// The same cases every time; FUZZ_SEED takes others.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 1) });

/** What it makes, or undefined where it refuses by an error with one of these codes. */
function orRefused<T>(make: () => T, ...codes: string[]): T | undefined {
  try {
    return make();
  } catch (error) {
    assert.ok(error instanceof SmoothGradError && codes.includes(error.code), String((error as Error).stack));
    assert.ok(!error.message.includes('\n'));
    return undefined;
  }
}

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const tensors = shapes.chain((shape) =>
  fc.float32Array({ minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((data) => ({ shape, data })),
);

test('.npy: what is written is read, of any shape', () => {
  fc.assert(
    fc.property(tensors, (tensor) => {
      const read = parseNpy(formatNpy(tensor));
      assert.deepEqual([read.shape, read.data], [tensor.shape, tensor.data]);
    }),
  );
});

const isSize = (size: number) => Number.isSafeInteger(size) && size >= 0;

function checkNpy(bytes: Uint8Array) {
  const tensor = orRefused(() => parseNpy(bytes), 'bad-tensor');
  if (!tensor) return;
  assert.ok(tensor.shape.every(isSize), `shape ${tensor.shape}`);
  assert.equal(tensor.data.length, sizeOf(tensor.shape));
}

test('.npy: bytes and headers of any kind', () => {
  const begin = Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => checkNpy(Uint8Array.from([...begin, ...rest]))));
  const sizes = fc.oneof(fc.integer({ min: -3, max: 4 }).map(String), fc.constantFrom('1.5', '2L', '1e1', '0x2', 'a', ''));
  const headers = fc.record({
    descr: fc.constantFrom('<f4', '<f8', '<f2', '>f4', '|u1', 'constructor', '__proto__'),
    order: fc.constantFrom('True', 'False', 'true'),
    shape: fc.array(sizes, { maxLength: 4 }),
    length: fc.integer({ min: 0, max: 300 }),
  });
  fc.assert(
    fc.property(headers, fc.integer({ min: 0, max: 99 }), ({ descr, order, shape, length }, rest) => {
      const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}), }`;
      const header = new TextEncoder().encode(rest % 3 === 0 ? text.slice(rest % text.length) : text);
      const bytes = Uint8Array.from([...begin, header.length % 256, header.length >> 8, ...header, ...new Uint8Array(length)]);
      checkNpy(bytes);
    }),
    { numRuns: 1000 },
  );
});

test('an address is a state whatever it says, and a state its own address', () => {
  const words = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.constantFrom('', 'NaN', '-0', '1e999', '__proto__', '%', '%E0%A4%A'),
  );
  const keys = fc.oneof(fc.constantFrom(...Object.keys(defaults), 'constructor', '__proto__'), fc.string());
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, words)), fc.string(), (pairs, rest) => {
      const search = `?${pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}&${rest}`;
      const state = readState(search, defaults, readers);
      assert.deepEqual(Object.keys(state), Object.keys(defaults));
      const again = readState(writeState(state, search, defaults), defaults, readers);
      assert.deepEqual(again, state);
    }),
    { numRuns: 1000 },
  );
});

test('numbers and words of an address are within their bounds', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const number = within(1, 50, true)(text);
      assert.ok(number === undefined || (Number.isInteger(number) && number >= 1 && number <= 50));
      assert.ok(word(text) === undefined || word(text) === text);
    }),
  );
});

/** An element that has only attributes. */
class Elements {
  readonly #texts = new Map<string, string>();
  getAttribute(name: string) {
    return this.#texts.get(name) ?? null;
  }
  hasAttribute(name: string) {
    return this.#texts.has(name);
  }
  setAttribute(name: string, text: string) {
    this.#texts.set(name, String(text));
  }
  removeAttribute(name: string) {
    this.#texts.delete(name);
  }
}

const methods = ['gradient', 'smoothgrad', 'grad-cam', 'occlusion'];

test('attributes of any text are options, or refused by name', () => {
  Object.assign(globalThis, { HTMLElement: globalThis.HTMLElement ?? Elements });
  const Element = reflecting(attributeReadings) as unknown as { prototype: object };
  const texts = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.constantFrom('', ' ', '0x10', 'false', 'map'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...optionNames), texts, fc.constantFrom(...methods), (name, text, method) => {
      const element = Object.create(Element.prototype, Object.getOwnPropertyDescriptors(Elements.prototype)) as Elements;
      const own = new Elements();
      for (const call of ['getAttribute', 'hasAttribute', 'setAttribute', 'removeAttribute'] as const)
        Object.defineProperty(element, call, { value: own[call].bind(own) });
      own.setAttribute(toKebab(name), text);
      const value: unknown = Reflect.get(element, name);
      const settings = orRefused(() => checkRun({ method, [name]: value }, subject), 'bad-option') as
        | Record<string, unknown>
        | undefined;
      if (settings && typeof value === 'number' && typeof settings[name] === 'number') assert.equal(settings[name], value);
    }),
    { numRuns: 1000 },
  );
});

test('options of any value are checked', () => {
  const values = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true });
  const options = fc.dictionary(fc.oneof(fc.constantFrom(...optionNames, 'until', 'signal'), fc.string()), values, {
    maxKeys: 4,
  });
  fc.assert(
    fc.property(options, (given) => {
      orRefused(() => checkRun(given, subject), 'bad-option');
      orRefused(() => checkLook(given, subject), 'bad-option');
    }),
    { numRuns: 1000 },
  );
});

const jsonLines = fc.array(
  fc.oneof(
    fc.json(),
    fc.string().filter((text) => !text.includes('\n') && !text.includes('\r')),
    fc
      .record({ id: fc.jsonValue(), photo: fc.jsonValue(), target: fc.jsonValue(), run: fc.jsonValue() }, { requiredKeys: [] })
      .map((line) => JSON.stringify(line)),
  ),
  { maxLength: 5 },
);

async function refusedOr(read: () => Promise<void>) {
  await read().catch((error) => {
    assert.ok(error instanceof SmoothGradError, String(error.stack));
  });
}

test('lines and files of JSON of any kind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-'));
  const file = join(folder, 'lines.jsonl');
  try {
    await fc.assert(
      fc.asyncProperty(jsonLines, async (lines) => {
        await writeFile(file, lines.join('\n'));
        await refusedOr(async () => {
          for await (const { line } of readResults(file)) assert.equal(typeof line.id, 'string');
        });
        await refusedOr(async () => {
          for await (const entry of await entriesOf([], file)) assert.ok('line' in entry || entry.photo !== '');
        });
      }),
      { numRuns: 100 },
    );
    const studies = fc.record(
      { format: fc.constant('smoothgrad-study'), version: fc.constant(1), photos: fc.jsonValue(), parts: fc.jsonValue() },
      { requiredKeys: ['format', 'version'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(studies, fc.jsonValue()), async (study) => {
        await writeFile(file, JSON.stringify(study));
        await refusedOr(async () => void (await readStudy(file, [])));
      }),
      { numRuns: 100 },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
