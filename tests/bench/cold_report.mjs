// What `npm run bench -- --cold` measured, as Markdown.
import { line, slowdown } from './cold_start.mjs';
import { table } from './report.mjs';

const seconds = (ms) => (ms === undefined ? 'after' : (ms / 1000).toFixed(2));
const kilobytes = (bytes) => (bytes === undefined ? '' : Math.max(1, Math.round(bytes / 1000)).toLocaleString('en'));

/** What the first map is made of; the rest of the requests wait for nothing that it waits for. */
const needed = [
  [/\.html$/, 'the page'],
  [/\.wasm$/, 'the engine'],
  [/\.onnx$/, 'the network'],
  [/(^|\/)photos\/rocket/, 'the photo'],
];

export function coldMarkdown(
  { environment: { machine, cores, runtime }, settings, coldStart: { firstMapMs, steps, requests } },
  date,
) {
  const parts = needed.flatMap(([pattern, title]) => {
    const request = requests.find(({ name }) => pattern.test(name));
    return request ? [[title, seconds(request.atMs), seconds(request.endMs), kilobytes(request.bytes), request.depth]] : [];
  });
  const waterfall = requests.map(({ name, atMs, endMs, bytes, depth }) => [
    `\`${name}\``,
    ...[seconds(atMs), seconds(endMs), kilobytes(bytes), depth],
  ]);
  const columns = ['asked for at, s', 'there at, s', 'KB', 'th in a row'];
  return `${[
    `## ${runtime}, cold start`,
    `${machine}, ${cores} cores, ${date.slice(0, 10)}; the middle one of ${settings.rounds}. ${line.latencyMs} ms until an answer begins, ${line.bitsPerSecond / 1e6} Mbit/s, the page's own thread ${slowdown} times slower; gzip, nothing kept.`,
    `The first map: **${seconds(firstMapMs)} s** after the page was asked for.`,
    table(['', ...columns], parts),
    table(
      ['', 'at, s'],
      [...steps, { what: 'the first map', atMs: firstMapMs }].map(({ what, atMs }) => [what, seconds(atMs)]),
    ),
    `All ${requests.length} requests until then:`,
    table(['file', ...columns], waterfall),
  ].join('\n\n')}\n`;
}
