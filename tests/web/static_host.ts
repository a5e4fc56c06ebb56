// A plain static host, as they are found: files of a folder below a path, and 404.html for what is not there. What it serves can be
// changed, cut off and taken away.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { contentTypeOf } from '../content_types.mjs';

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export interface Host {
  readonly address: string;
  folder: string;
  /** Names of files whose answer ends half way. */
  readonly cut: Set<string>;
  /** The same, but only the first time. */
  readonly cutOnce: Set<string>;
  /** Names of files that were asked for. */
  readonly asked: string[];
  /** Keeps back answers to these until the function that comes back is called. */
  hold(isHeld: (name: string) => boolean): () => void;
  /** The network is gone: nothing answers any more. */
  close(): Promise<void>;
}

interface Settings {
  path?: string;
  /** Whether those of isolation are sent. */
  headers?: boolean;
  /** Pages beside the folder's files, by their names. */
  pages?: Readonly<Record<string, string>>;
}

export async function startHost(folder: string, { path = '/', headers = false, pages = {} }: Settings = {}): Promise<Host> {
  const cut = new Set<string>();
  const cutOnce = new Set<string>();
  const asked: string[] = [];
  let isHeld: (name: string) => boolean = () => false;
  const held: (() => void)[] = [];

  function send(response: ServerResponse, name: string, status = 200) {
    const file = join(host.folder, name);
    const own = pages[name];
    const length = own === undefined ? statSync(file).size : Buffer.byteLength(own);
    response.writeHead(status, {
      'Content-Type': contentTypeOf(name),
      'Content-Length': length,
      ...(headers ? isolation : {}),
    });
    if (own !== undefined) return response.end(own);
    if (!cutOnce.delete(name) && !cut.has(name)) return createReadStream(file).pipe(response);
    return response.write(readFileSync(file).subarray(0, length / 2), () => response.destroy());
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname.slice(path.length).replace(/(^|\/)$/, '$1index.html');
    const file = join(host.folder, name);
    const isThere = pages[name] !== undefined || (existsSync(file) && !statSync(file).isDirectory());
    if (!pathname.startsWith(path) || !isThere) return send(response, '404.html', 404);
    asked.push(name);
    if (isHeld(name)) return held.push(() => send(response, name));
    return send(response, name);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const host = {
    address: `http://127.0.0.1:${port}${path}`,
    folder,
    cut,
    cutOnce,
    asked,
    hold(these: typeof isHeld) {
      isHeld = these;
      return () => {
        isHeld = () => false;
        for (const answer of held.splice(0)) answer();
      };
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return host;
}
