// A plain static host, as they are found: files of a folder below a path, and 404.html for what is not there. What it serves can be
// changed, cut off and taken away.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export interface Host {
  readonly address: string;
  folder: string;
  /** Names of files whose answer ends half way. */
  readonly cut: Set<string>;
  /** Names of files that were asked for. */
  readonly asked: string[];
  /** The network is gone: nothing answers any more. */
  close(): Promise<void>;
}

export async function startHost(folder: string, { path = '/', headers = false } = {}): Promise<Host> {
  const cut = new Set<string>();
  const asked: string[] = [];

  function send(response: ServerResponse, name: string, status = 200) {
    const file = join(host.folder, name);
    const length = statSync(file).size;
    const type = types[extname(name)] ?? 'application/octet-stream';
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': length, ...(headers ? isolation : {}) });
    if (!cut.has(name)) return createReadStream(file).pipe(response);
    return response.write(readFileSync(file).subarray(0, length / 2), () => response.destroy());
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname.slice(path.length).replace(/(^|\/)$/, '$1index.html');
    if (!pathname.startsWith(path) || !existsSync(join(host.folder, name)) || statSync(join(host.folder, name)).isDirectory()) {
      return send(response, '404.html', 404);
    }
    asked.push(name);
    return send(response, name);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const host = {
    address: `http://127.0.0.1:${port}${path}`,
    folder,
    cut,
    asked,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return host;
}
