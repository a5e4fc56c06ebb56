// Serves the built site on this machine with the headers of its _headers, or without those that threads need, to see how it does.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { site } from '../setup/paths.mjs';

const isolation = /^Cross-Origin-/;

/** Of all files. */
async function headersOf(folder, isolated) {
  const [, ofAll = ''] = /^\/\*\n((?: {2}.*\n)*)/m.exec(await readFile(join(folder, '_headers'), 'utf8')) ?? [];
  const headers = ofAll
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/: (.*)/));
  return Object.fromEntries(headers.filter(([name]) => isolated || !isolation.test(name)));
}

/** Resolves to the server's address; `port` 0 takes any, a port in use the next one that is free. */
export async function serve({ port = 0, isolated = true, folder = site } = {}) {
  const { preview } = await import('vite');
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    build: { outDir: folder },
    preview: {
      port: port || (await freePort()),
      headers: await headersOf(folder, isolated),
    },
  });
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}

export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
