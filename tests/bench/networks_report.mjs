// What `npm run bench -- --models` measured, as Markdown. web/docs/performance.md shows what stands under the heading.
import { digits, mega, percent, table } from './report.mjs';

const none = '–';
const share = ({ ms, multiplyAdds }, peak) => percent((4 * multiplyAdds) / ms / 1e6 / peak);
const optional = (bytes) => (bytes === undefined ? none : mega(bytes));

/** How often ours goes into a peer's time; a dash where the peer does not know the network. */
function ratioTo(kind, mine) {
  return ({ peers, ours }) => (peers[kind] === undefined ? none : `${digits(peers[kind] / ours[mine], 2)} x`);
}

/** Title, cell of a network, whether it is shown of these networks (else always). */
const columns = [
  ['network', ({ name }) => name],
  ...[
    ['ms beside', ({ beside }) => digits(beside.ms)],
    ['of peak', ({ beside, peak }) => share(beside, peak)],
  ].map((column) => [...column, (networks) => networks.some(({ beside }) => beside)]),
  ['ms', ({ ours }) => digits(ours.ms)],
  ['of peak', ({ ours, peak }) => share(ours, peak)],
  ['arena', ({ ours }) => mega(ours.arena)],
  ['of it saved', ({ ours }) => optional(ours.savedBytes)],
  ['weights', ({ ours }) => mega(ours.weights)],
  ['memory', ({ ours }) => mega(ours.heap)],
  ['load ms', ({ ours }) => digits(ours.loadMs, 0)],
  ...[
    ['PyTorch', 'pytorch', 'sampleMs'],
    ['onnxruntime, forward', 'native', 'forwardMs'],
    ['TensorFlow.js', 'tensorflow', 'sampleMs'],
    ['ONNX Runtime Web', 'onnxruntime', 'sampleMs'],
  ].map(([title, kind, mine]) => [title, ratioTo(kind, mine), (networks) => networks.some(({ peers }) => kind in peers)]),
];

function networkTable(networks) {
  const shown = columns.filter(([, , isShown]) => isShown?.(networks) ?? true);
  const rows = networks.map((network) => shown.map(([, cell]) => cell(network)));
  return table(
    shown.map(([title]) => title),
    rows,
  );
}

const notes = [
  "**ms** is a forward and a backward pass: the sum of each layer's least time. **Of peak** is the share of the multiply-adds that one " +
    'core can do in this build, measured in the same run; products by the definition of a convolution are counted, of which ' +
    "Winograd's algorithm needs fewer, so that it can be above 100 %. **Memory** is that of WebAssembly at most, loading included.",
];
const peerNote =
  'What stands under a peer is how often our time goes into its own, least of all rounds each, one thread, float32: against a ' +
  'whole sample of ours, with its noise and statistics; against our forward pass alone for native onnxruntime, which has no gradients. ' +
  'PyTorch runs eagerly. TensorFlow.js and ONNX Runtime Web, which have no gradients that would do, run gradient graphs made by ' +
  'hand, checked against our gradient first; a dash is a network with operators that these graphs do not have.';

const range = (sorted) => [...new Set([sorted[0], sorted.at(-1)])].map((value) => digits(value)).join(' to ');

/** results: of measureNetworks() in networks.mjs; date: ISO. */
export function networksMarkdown({ environment, settings, networks }, date) {
  const { machine, cores, runtime, versions } = environment;
  const names = ['PyTorch', 'onnxruntime', 'TensorFlow.js', 'ONNX Runtime Web'].filter((name) => name in versions);
  const withPeers = networks.some(({ peers }) => Object.keys(peers).length > 0);
  const peaks = networks.map(({ peak }) => peak).toSorted((a, b) => a - b);
  const beside = withPeers ? `, beside ${names.map((name) => `${name} ${versions[name]}`).join(', ')}` : '';
  return `${[
    '# Networks, relaxed SIMD, one thread',
    `${machine}, ${cores} cores, ${date.slice(0, 10)}; ${runtime}${beside}. Random weights, rounds taken in turns: ${settings.rounds}. Peak: ${range(peaks)} GFLOP/s.`,
    networkTable(networks),
    ...notes,
    ...(withPeers ? [peerNote] : []),
  ].join('\n\n')}\n`;
}
