// Products of matrices: with weights, of two values, of attention.
import { at, build, forEachIndex, sizeOf, spreadAt, spreadDims } from '../tensor.mjs';

const others = (g, fits) => g.computed.filter((name) => fits(g.values.get(name)));
const scaled = (inputs) => 1.5 / Math.sqrt(inputs);

function multiply(a, b) {
  const left = a.dims.length === 1 ? { dims: [1, ...a.dims], data: a.data } : a;
  const right = b.dims.length === 1 ? { dims: [...b.dims, 1], data: b.data } : b;
  const inner = left.dims.at(-1);
  const lead = spreadDims(left.dims.slice(0, -2), right.dims.slice(0, -2));
  const dims = [...lead, left.dims.at(-2), right.dims.at(-1)];
  const y = build(dims, (index) => {
    const [i, j] = index.slice(-2);
    const batch = index.slice(0, -2);
    let sum = 0;
    for (let k = 0; k < inner; ++k) sum += spreadAt(left, [...batch, i, k]) * spreadAt(right, [...batch, k, j]);
    return sum;
  });
  if (b.dims.length === 1) y.dims = y.dims.slice(0, -1);
  if (a.dims.length === 1) y.dims = y.dims.filter((_, axis) => axis !== lead.length);
  return y;
}

const matMul = {
  name: 'MatMul',
  since: 9,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (g.random.chance(0.5)) {
      const fits = others(g, (other) => {
        const rows = other.dims.length === 1 ? other.dims[0] : other.dims.at(-2);
        return rows === dims.at(-1) && spreadDims(other.dims.slice(0, -2), dims.slice(0, -2)) !== undefined;
      });
      if (fits.length > 0) return { reads: [x, g.random.oneOf(fits)] };
    }
    const outputs = g.random.whole(1, 7);
    const weights = [dims.at(-1), outputs];
    const scale = scaled(dims.at(-1));
    if (g.random.chance(0.2) && dims.length > 1) return { reads: [g.constant([outputs, dims.at(-2)], -1, 1), x] };
    if (g.random.chance(0.1)) return dims.length > 1 ? { reads: [x, g.constant([dims.at(-1)], -scale, scale)] } : undefined;
    const lead = g.random.chance(0.2) && dims.length > 2 ? dims.slice(0, -2) : [];
    return { reads: [x, g.constant([...lead, ...weights], -scale, scale)] };
  },
  run: ([a, b]) => [multiply(a, b)],
};

const gemm = {
  name: 'Gemm',
  since: 11,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (dims.length !== 2) return undefined;
    const transA = g.random.chance(0.15) ? 1 : 0;
    const [rows, inner] = transA ? [dims[1], dims[0]] : dims;
    const transB = g.random.chance(0.5) ? 1 : 0;
    const fits = others(g, (other) => other.dims.length === 2 && other.dims[transB] === inner);
    const outputs = g.random.whole(1, 8);
    const weights = transB ? [outputs, inner] : [inner, outputs];
    const own = fits.length === 0 || g.random.chance(0.6);
    const b = own ? g.constant(weights, -scaled(inner), scaled(inner)) : g.random.oneOf(fits);
    const columns = g.values.get(b).dims[1 - transB];
    const reads = [x, b];
    if (g.random.chance(0.6))
      reads.push(g.constant(g.random.oneOf([[columns], [1, columns], [], [rows, columns], [rows, 1]]), -1, 1));
    const factors = g.random.chance(0.3)
      ? { alpha: g.float(g.random.between(0.3, 1.5)), beta: g.float(g.random.between(0.3, 1.5)) }
      : {};
    return { reads, ...(transA ? { transA } : {}), ...(transB ? { transB } : {}), ...factors };
  },
  run([a, b, c], { transA = 0, transB = 0, alpha = 1, beta = 1 }) {
    const turned = (x) => build([x.dims[1], x.dims[0]], ([i, j]) => at(x, [j, i]));
    const y = multiply(transA ? turned(a) : a, transB ? turned(b) : b);
    return [build(y.dims, (index, place) => alpha * y.data[place] + (c ? beta * spreadAt(c, index) : 0))];
  },
};

const letters = 'abcdefgh';

const einsum = {
  name: 'Einsum',
  since: 12,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (dims.length > 4) return undefined;
    const first = letters.slice(0, dims.length);
    const alone = g.random.chance(0.2);
    const outputs = g.random.whole(1, 5);
    const shared = g.random.some([...first], g.random.whole(1, first.length));
    const sizes = Object.fromEntries([...first].map((letter, axis) => [letter, dims[axis]]));
    sizes.h = outputs;
    const second = g.random.shuffled([...shared, ...(g.random.chance(0.7) ? ['h'] : [])]);
    const all = alone ? [...first] : [...new Set([...first, ...second])];
    const out = g.random.shuffled(all.filter((letter) => letter === 'h' || g.random.chance(0.6)));
    if (out.length === 0) return undefined;
    const fits = others(
      g,
      (other) => other.dims.length === second.length && other.dims.every((dim, k) => dim === sizes[second[k]]),
    );
    const other =
      fits.length > 0
        ? g.random.oneOf(fits)
        : g.constant(
            second.map((letter) => sizes[letter]),
            -0.7,
            0.7,
          );
    const terms = alone ? first : `${first},${second.join('')}`;
    return { reads: alone ? [x] : [x, other], equation: `${terms}->${out.join('')}` };
  },
  run(inputs, { equation }) {
    const [left, out] = equation.split('->');
    const terms = left.split(',');
    const sizes = {};
    for (const [k, term] of terms.entries())
      for (const [axis, letter] of [...term].entries()) sizes[letter] = inputs[k].dims[axis];
    const all = Object.keys(sizes);
    const y = build(
      [...out].map((letter) => sizes[letter]),
      () => 0,
    );
    const place = (letterIndex, term, dims) => [...term].reduce((p, letter, axis) => p * dims[axis] + letterIndex[letter], 0);
    forEachIndex(
      all.map((letter) => sizes[letter]),
      (index) => {
        const of = Object.fromEntries(all.map((letter, k) => [letter, index[k]]));
        y.data[place(of, out, y.dims)] += inputs.reduce(
          (product, input, k) => product * input.data[place(of, terms[k], input.dims)],
          1,
        );
      },
    );
    return [y];
  },
};

/** [B, T, C] or [B, H, T, c] as [B, H, T, c]. */
const inHeads = (x, heads) =>
  x.dims.length === 4
    ? x
    : build([x.dims[0], heads, x.dims[1], x.dims[2] / heads], ([b, h, t, c]) => at(x, [b, t, (h * x.dims[2]) / heads + c]));

const attention = {
  name: 'Attention',
  since: 23,
  make(g, x) {
    const { dims } = g.values.get(x);
    if (dims.length !== 3 && dims.length !== 4) return undefined;
    if (dims[0] !== 1 || sizeOf(dims) > 200) return undefined;
    const fits = others(g, (other) => other.dims.length === dims.length && other.dims.every((dim, k) => dim === dims[k]));
    const reads = [x, g.random.oneOf(fits), g.random.oneOf(fits)];
    const attributes = {};
    if (dims.length === 3) {
      const heads = g.random.oneOf([1, 2, 3].filter((count) => dims[2] % count === 0));
      Object.assign(attributes, { q_num_heads: heads, kv_num_heads: heads });
    }
    if (g.random.chance(0.3)) attributes.scale = g.float(g.random.between(0.2, 1));
    if (g.random.chance(0.3)) attributes.is_causal = 1;
    if (g.random.chance(0.2)) attributes.softcap = g.float(g.random.between(1, 5));
    return { reads, ...attributes };
  },
  run([q0, k0, v0], { q_num_heads: heads, kv_num_heads: pairs, scale, is_causal: causal = 0, softcap = 0 }) {
    const [q, k, v] = [inHeads(q0, heads), inHeads(k0, pairs), inHeads(v0, pairs)];
    const factor = scale ?? 1 / Math.sqrt(q.dims[3]);
    const y = build([q.dims[0], q.dims[1], q.dims[2], v.dims[3]], () => 0);
    forEachIndex(q.dims.slice(0, 3), ([b, h, t]) => {
      const own = Math.floor((h * k.dims[1]) / q.dims[1]);
      const keys = causal ? Math.min(t + 1, k.dims[2]) : k.dims[2];
      const scores = Array.from({ length: keys }, (_, key) => {
        let sum = 0;
        for (let c = 0; c < q.dims[3]; ++c) sum += at(q, [b, h, t, c]) * at(k, [b, own, key, c]);
        return softcap > 0 ? softcap * Math.tanh((factor * sum) / softcap) : factor * sum;
      });
      const parts = scores.map((score) => Math.exp(score - Math.max(...scores)));
      const total = parts.reduce((a, b2) => a + b2, 0);
      for (let c = 0; c < v.dims[3]; ++c) {
        const place = ((b * y.dims[1] + h) * y.dims[2] + t) * y.dims[3] + c;
        for (let key = 0; key < keys; ++key) y.data[place] += (parts[key] / total) * at(v, [b, own, key, c]);
      }
    });
    if (q0.dims.length === 4) return [y];
    const each = v.dims[3];
    return [build([q.dims[0], q.dims[2], heads * each], ([b, t, c]) => at(y, [b, Math.floor(c / each), t, c % each]))];
  },
};

export const products = [matMul, gemm, einsum, attention];
