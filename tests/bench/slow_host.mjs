// A static host at the end of a slow line: each answer begins a while after it was asked for, and all together come at the speed of
// the line. The page, its workers and what they load are all slowed alike; a browser's own emulation leaves workers out.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { contentTypeOf } from '../content_types.mjs';

/** As hosts do it: what has been compressed stays as it is, networks are no text. */
const isCompressed = /\.(html|js|css|json|webmanifest|wasm|svg)$/;
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  // What most hosts say of files.
  'Cache-Control': 'public, max-age=600',
};
const pieceMs = 10;

/** One after another, so that together they are no faster than the line. */
function createLine(bytesPerSecond) {
  const waiting = [];
  let timer;
  let last;
  function turn() {
    const now = performance.now();
    // A busy machine's timers are late.
    let left = Math.round((bytesPerSecond * (now - last)) / 1000);
    last = now;
    while (left > 0 && waiting.length > 0) {
      const sending = waiting.shift();
      const piece = sending.bytes.subarray(sending.at, sending.at + Math.min(left, 1460));
      sending.at += piece.length;
      left -= Math.max(piece.length, 1);
      sending.response.write(piece);
      if (sending.at < sending.bytes.length) waiting.push(sending);
      else sending.response.end(sending.done);
    }
    if (waiting.length === 0) timer = clearInterval(timer);
  }
  return (response, bytes, done) => {
    waiting.push({ response, bytes, done, at: 0 });
    if (timer) return;
    last = performance.now();
    timer = setInterval(turn, pieceMs);
  };
}

/** `pages`: beside the folder's files, by their names. Resolves to { address, asked: [{ name, at, end, bytes }], close }; times are in milliseconds since 1970. */
export async function slowHost(folder, { latencyMs, bitsPerSecond }, pages = {}) {
  const send = createLine(bitsPerSecond / 8);
  const packed = new Map();
  const asked = [];
  async function bodyOf(name) {
    const bytes = pages[name] === undefined ? await readFile(join(folder, name)) : Buffer.from(pages[name]);
    return isCompressed.test(name) ? promisify(gzip)(bytes) : bytes;
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const name = pathname.slice(1).replace(/(^|\/)$/, '$1index.html');
    const entry = { name, at: Date.now() };
    asked.push(entry);
    packed.set(name, packed.get(name) ?? bodyOf(name));
    const bytes = await packed.get(name).catch(() => undefined);
    setTimeout(() => {
      if (!bytes) return response.writeHead(404, headers).end();
      const encoding = isCompressed.test(name) ? { 'Content-Encoding': 'gzip' } : {};
      response.writeHead(200, { ...headers, ...encoding, 'Content-Type': contentTypeOf(name), 'Content-Length': bytes.length });
      entry.bytes = bytes.length;
      send(response, bytes, () => (entry.end = Date.now()));
    }, latencyMs);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
