// `npm run fuzz -- networks [--seed S] [--count N] [--seconds T]`: random networks from seed S on against an oracle in double and
// ONNX Runtime; what differs is shrunk and shown.
import { join } from 'node:path';
import { build } from '../../../wasm/setup/paths.mjs';
import { say, sayPassing } from '../../../wasm/setup/say.mjs';
import { compile } from '../../../wasm/tasks/compile.mjs';
import { drawCase, judgeCase } from './check.mjs';
import { builds as allBuilds, answersOf } from './engine.mjs';
import { generate, isAlive } from './generate.mjs';
import { show } from './show.mjs';
import { shrink } from './shrink.mjs';

const work = join(build, 'fuzz/networks');
const together = 100; // networks for one start of the programs
const rounds = 4; // inputs that are drawn until none lies beside a kink

/** Judges networks; resolves to [{graph, ...verdict}]. */
export async function judge(graphs, { folder = work, peer = true, builds = allBuilds } = {}) {
  const verdicts = new Map();
  let open = graphs;
  for (let round = 0; round < rounds && open.length > 0; ++round) {
    const cases = open.map((graph) => drawCase(graph, round));
    for (const [i, one] of cases.entries()) if (!one) verdicts.set(open[i], { outside: true });
    const drawn = cases.filter(Boolean);
    const answers = await answersOf(drawn, folder, builds);
    for (const [i, one] of drawn.entries()) verdicts.set(one.graph, await judgeCase(one, answers[i], { peer }));
    open = drawn.map(({ graph }) => graph).filter((graph) => verdicts.get(graph).beside);
  }
  return graphs.map((graph) => ({ graph, ...verdicts.get(graph) }));
}

export async function prepare(builds = allBuilds) {
  for (const preset of builds) await compile(preset, 'fuzz_evaluate');
}

const kinds = ['fault', 'peerDiffers', 'refused', 'beside', 'outside', 'withoutPeer'];

/** Networks of consecutive seeds; resolves to counts, of operators too, and the faults. */
export async function fuzzNetworks({ seed, count, seconds = Number.POSITIVE_INFINITY, builds, onVerdict = () => {} }) {
  const begin = Date.now();
  const counts = { networks: 0, right: 0, ...Object.fromEntries(kinds.map((kind) => [kind, 0])) };
  const faults = [];
  for (let first = seed; first < seed + count && Date.now() - begin < 1000 * seconds; first += together) {
    const seeds = Array.from({ length: Math.min(together, seed + count - first) }, (_, k) => first + k);
    for (const verdict of await judge(seeds.map(generate).filter(isAlive), { builds })) {
      ++counts.networks;
      const kind = kinds.find((one) => verdict[one] !== undefined);
      if (kind !== undefined) ++counts[kind];
      if (kind === undefined || kind === 'withoutPeer') ++counts.right;
      if (kind === 'fault' || kind === 'peerDiffers') faults.push(verdict);
      onVerdict(verdict);
    }
    sayPassing(`${counts.networks} networks, ${faults.length} differ`);
  }
  return { counts, faults };
}

export async function main({ seed = 1, count = 1000, seconds, builds = allBuilds, verbose = false }) {
  await prepare(builds);
  const refusals = new Map();
  const onVerdict = ({ graph, refused, withoutPeer }) => {
    const said = refused ?? withoutPeer;
    if (said && verbose) refusals.set(said, graph.seed);
  };
  const { counts, faults } = await fuzzNetworks({ seed, count, seconds, builds, onVerdict });
  for (const [said, where] of refusals) console.log(`seed ${where}: ${said}`);
  for (const { graph, fault, peerDiffers } of faults) {
    const smallest = fault
      ? await shrink(graph, async (one) => (await judge([one], { folder: `${work}-shrink`, peer: false, builds }))[0].fault)
      : graph;
    console.log(`\nseed ${graph.seed}: ${fault ?? peerDiffers}\n${show(smallest)}`);
  }
  say(
    Object.entries(counts)
      .map(([kind, number]) => `${kind} ${number}`)
      .join(', '),
  );
  return faults.length === 0;
}
