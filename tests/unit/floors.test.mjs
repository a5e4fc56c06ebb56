// The floors of core/: which folder may include which, and which files alone may name a thread, a clock or an instruction.
// Read from the #include lines; nothing is built.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A folder of core/ and those that it may include beside itself. No floor may include one that includes it. */
const floors = {
  base: [],
  onnx: ['base'],
  kernels: ['base'],
  layers: ['base', 'onnx', 'kernels'],
  network: ['base', 'onnx', 'layers'],
  denoise: ['base', 'kernels'],
  attribution: ['base', 'network', 'denoise'],
  image: ['base', 'denoise'],
  study: ['base', 'image'],
  training: ['base', 'onnx'],
};

/** What else has its place: a pattern of what is included, and of the files below core/ that alone may include it. */
const places = [
  [/^core\//, /./],
  [/^xnnpack/, /^kernels\/xnnpack\.cpp$/],
  [/^(wasm_simd128|[a-z]mmintrin|immintrin|arm_neon)\.h$/, /^(kernels\/|base\/multiply_u32\.h)/],
  [/^protozero\//, /^(onnx\/|training\/write_onnx\.cpp)/],
  [/^Eigen\//, /^(kernels|training)\//],
  [/^(thread|mutex|condition_variable|barrier|atomic)$/, /^(attribution\/lanes|training\/trainer)\./],
  [/^chrono$/, /^(base\/stopwatch|network\/profile)\./],
  [/^(emscripten|iostream|fstream|filesystem)/, /^$/],
];

/** Sentences about the includes of a file, its path below core/, that break the above. */
function broken(path, text) {
  const floor = path.split('/')[0];
  const includes = [...text.matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)].map(([, name]) => name);
  return includes.flatMap((name) => {
    const [, included] = name.match(/^core\/([^/]+)\//) ?? [];
    const wrongFloor = included !== undefined && included !== floor && !floors[floor]?.includes(included);
    const wrongPlace = places.some(([what, where]) => what.test(name) && !where.test(path));
    const outside = name.includes('/') && !places.some(([what]) => what.test(name));
    return wrongFloor || wrongPlace || outside ? [`core/${path} must not include ${name}`] : [];
  });
}

const files = readdirSync(join(root, 'core'), { recursive: true }).filter((path) => /\.(h|cpp)$/.test(path));

test('every folder of core has its floor, and files lie in folders', () => {
  assert.ok(files.length > 100);
  assert.deepEqual([...new Set(files.map((path) => path.split('/')[0]))].sort(), Object.keys(floors).sort());
});

test('the floors have an order', () => {
  const order = [];
  for (let next = Object.keys(floors); next.length > 0; ) {
    const standing = next.filter((floor) => floors[floor].every((below) => order.includes(below)));
    assert.ok(standing.length > 0, `${next} include each other`);
    order.push(...standing);
    next = next.filter((floor) => !standing.includes(floor));
  }
});

test('no file of core includes what lies above its floor', () => {
  assert.deepEqual(
    files.flatMap((path) => broken(path, readFileSync(join(root, 'core', path), 'utf8'))),
    [],
  );
});

test('an include that breaks the floors is found', () => {
  const wrong = [
    ['kernels/mask.h', '#include "core/network/network.h"'],
    ['base/noise.cpp', '  #  include "core/kernels/mask.h"'],
    ['attribution/sampler.cpp', '#include <vector>\n#include "core/image/render.h"'],
    ['attribution/explanation.cpp', '#include <mutex>'],
    ['layers/linear.cpp', '#include <wasm_simd128.h>'],
    ['network/network.cpp', '#include <xnnpack/gemm.h>'],
    ['image/render.cpp', '#include "wasm/convert.h"'],
    ['attic/old.cpp', '#include "core/base/error.h"'],
  ];
  for (const [path, text] of wrong) assert.equal(broken(path, text).length, 1, `${path}: ${text}`);
  assert.deepEqual(broken('network/network.cpp', '// #include "core/image/render.h"\n#include <map>'), []);
});
