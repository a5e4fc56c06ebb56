// Serves the built site on this machine, with the headers that threads need (or without, to see how it does).
import { createServer } from 'node:net';
import { site } from '../setup/paths.mjs';

const policy = "script-src 'self' 'wasm-unsafe-eval'";
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

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
      headers: { 'Content-Security-Policy': policy, ...(isolated ? isolation : {}) },
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
