// The zoo's rows as Markdown: a table a family, its totals, what was refused and what was skipped.
import { families } from './networks.mjs';

const small = (value) => (value === undefined ? '-' : value === 0 ? '0' : value.toExponential(0));
const percent = (part, whole) => (whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`);
const state = (row) =>
  row.skipped || row.error
    ? 'notRun'
    : row.refusal
      ? 'refused'
      : row.match
        ? 'match'
        : row.asFramework
          ? 'asFramework'
          : 'differs';

/** One refusal for many networks: without the names of nodes and the list of what is there. */
export const refusalKind = (text) =>
  text
    .split('\n')[0]
    .replace(/; supported are .*/, '')
    .replace(/'[^']*'/g, "'…'")
    .replace(/\b\d+(\.\d+)?\b/g, 'N');

function countBy(rows, key) {
  const counts = new Map();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

const cells = (...values) => `| ${values.map((value) => String(value).replaceAll('|', '\\|')).join(' | ')} |`;

function totals(rows) {
  const lines = families.map((family) => {
    const mine = rows.filter((row) => row.family === family);
    const run = mine.filter((row) => state(row) !== 'notRun');
    const counts = ['match', 'asFramework', 'differs', 'refused'].map(
      (name) => run.filter((row) => state(row) === name).length,
    );
    return cells(family, run.length, ...counts, percent(counts[0], run.length), mine.length - run.length);
  });
  const head = cells('family', 'files run', 'match', 'kinks', 'differ', 'refused', 'share that matches', 'not run');
  return [head, '|---|---|---|---|---|---|---|---|', ...lines];
}

function outcome(row, kinds) {
  if (row.skipped || row.error) return [`not run: ${row.skipped ?? row.error}`, '', '', '', '', ''];
  if (row.refusal) return [`refused (${kinds.indexOf(refusalKind(row.refusal)) + 1})`, '', '', '', '', ''];
  const ms = row.ms === undefined ? '-' : row.ms.toPrecision(3);
  const share = row.share === undefined ? '-' : percent(row.share, 1);
  const load = row.loadMs === undefined ? '-' : row.loadMs.toPrecision(3);
  return [
    row.match ? 'yes' : row.asFramework ? 'kinks' : '**differs**',
    small(row.logits),
    small(row.gradient),
    load,
    ms,
    share,
  ];
}

function familyTable(family, rows, kinds) {
  const run = rows.filter((row) => row.family === family && !row.skipped);
  if (run.length === 0) return [];
  const lines = run.map((row) => {
    const variant = row.exporter === undefined ? '' : `${row.exporter}${row.batch === 'open' ? ', open batch' : ''}`;
    return cells(row.name, row.size, variant, ...outcome(row, kinds), small(row.float32Error));
  });
  const head = cells('network', 'size', 'exporter', 'loads', 'logits', 'gradient', 'load ms', 'ms', 'of peak', 'framework');
  return ['', `## ${family}`, '', head, '|---|---|---|---|---|---|---|---|---|---|', ...lines];
}

function skippedList(rows) {
  const reasons = countBy(
    rows.filter((row) => row.skipped),
    (row) => `${row.family}: ${row.skipped}`,
  );
  if (reasons.length === 0) return [];
  const lines = reasons.map(([reason]) => {
    const names = new Set(
      rows.filter((row) => row.skipped && `${row.family}: ${row.skipped}` === reason).map((row) => row.name),
    );
    return `- ${reason} (${names.size}): ${[...names].join(', ')}`;
  });
  return ['', '## Not run', '', ...lines];
}

function nodeTests(rows) {
  if (rows.length === 0) return [];
  const fit = rows.filter((row) => !row.skipped);
  const of = (name) => fit.filter((row) => state(row) === name);
  const way = (name) => fit.filter((row) => row.way === name).length;
  const random = rows.filter((row) => row.skipped === 'random by definition').length;
  const measured = of('match').filter((row) => row.gradient !== undefined).length;
  const names = [...new Set(fit.flatMap((row) => row.operators))].sort();
  const line = (name) => {
    const mine = fit.filter((row) => row.operators.includes(name));
    const count = (what) => mine.filter((row) => state(row) === what).length;
    return cells(name, mine.length, count('match'), count('differs'), count('refused'));
  };
  return [
    '',
    "## ONNX's node tests",
    '',
    `Of ${rows.length} tests whose operators are all there, ${fit.length} fit: ${way('row')} by their first row, ${way('whole')} as a whole behind a Reshape, ${way('constant')} as`,
    `constants; ${of('match').length} match (${measured} of them with their gradient), ${of('differs').length} differ, ${of('refused').length} are refused; ${random} are random by definition.`,
    '',
    cells('operator', 'fit', 'match', 'differ', 'refused'),
    '|---|---|---|---|---|',
    ...names.map(line),
    '',
    'Do not fit:',
    '',
    ...countBy(
      rows.filter((row) => row.skipped),
      (row) => row.skipped,
    ).map(([reason, count]) => `- ${count}: ${reason}`),
    ...(of('differs').length
      ? [
          '',
          `Differ: ${of('differs')
            .map((row) => row.name)
            .join(', ')}.`,
        ]
      : []),
    ...(of('refused').length ? ['', 'Refused:', ''] : []),
    ...countBy(of('refused'), (row) => refusalKind(row.refusal)).map(([kind, count]) => `- ${count}: ${kind}`),
  ];
}

export function markdown({ head, rows, nodes, limit }) {
  const refused = rows.filter((row) => row.refusal);
  const counted = countBy(refused, (row) => refusalKind(row.refusal));
  const kinds = counted.map(([kind]) => kind);
  const example = (kind) => refused.find((row) => refusalKind(row.refusal) === kind).name;
  return [
    '# The zoo',
    '',
    `Made by \`npm run zoo\`; do not edit. ${head}`,
    '',
    `Logits and the gradient of one logit against float64, as relative L2; a file matches where both are within ${limit}. ms is one`,
    "forward and backward pass on one thread. The last column is how far the framework's own gradients are from float64 at that input,",
    'in float32 and with weights rounded a few times more: where that is large, no input away from kinks was found. `kinks`: over the',
    'limit, but no further off than twice that. `of peak` is the share of the multiply-adds that the core can do, if a convolution',
    "takes the products of its definition: Winograd's algorithm takes fewer, small images leave lanes idle.",
    '',
    ...totals(rows),
    ...families.flatMap((family) => familyTable(family, rows, kinds)),
    ...(kinds.length ? ['', '## Refused', ''] : []),
    ...counted.map(([kind, count], k) => `${k + 1}. ${kind} (${count} files; ${example(kind)})`),
    ...nodeTests(nodes),
    ...skippedList(rows),
    '',
  ].join('\n');
}
