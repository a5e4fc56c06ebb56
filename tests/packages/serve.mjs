// What projects are served by: a folder, or what another server says, with the headers that are given. Everything may be read from
// other origins, as on a CDN.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { contentTypeOf } from '../content_types.mjs';

export const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Pages of projects need not say it themselves. */
const typeOf = (file) => (file.endsWith('.html') ? `${contentTypeOf(file)}; charset=utf-8` : contentTypeOf(file));

const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

async function fileAt(folder, path) {
  for (const name of [path, `${path}.html`, `${path}/index.html`]) {
    const file = join(folder, name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

async function fromFolder(folder, { url }) {
  const path = decodeURIComponent(new URL(url, 'http://host').pathname);
  const file = await fileAt(folder, path);
  if (file === undefined) return { status: 404, headers: {}, body: `there is no ${path}` };
  return {
    status: 200,
    headers: { 'content-type': typeOf(file) },
    body: await readFile(file),
  };
}

async function fromServer(address, { url, method }) {
  const response = await fetch(new URL(url, address), { method, redirect: 'manual' });
  const headers = Object.fromEntries(response.headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) delete headers[name];
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

/** Resolves to { address, close() }. `what`: a folder, or another server's address; `change`: another body of what is a text. */
export async function serve(what, headers = {}, change = (text) => text) {
  const answer = what.startsWith('http:') ? fromServer : fromFolder;
  const server = createServer(async (request, response) => {
    try {
      const { status, headers: own, body } = await answer(what, request);
      const isText = /html|javascript|xml/.test(own['content-type']);
      response.writeHead(status, { ...own, ...open, ...headers }).end(isText ? change(body.toString()) : body);
    } catch (error) {
      response.writeHead(502, open).end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, close };
}
