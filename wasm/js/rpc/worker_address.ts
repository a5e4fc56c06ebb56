// What a worker may be started from: a script of the page's own origin, where Trusted Types ask for it by our word for it.

interface Policy {
  createScriptURL(address: string): string;
}

interface Trust {
  trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
}

/** One for all copies of the package on a page: a second policy of the name would be refused. */
const policyKey = Symbol.for('smoothgrad policy');

/** It trusts what it is given: nobody else has it, and it is given addresses of the package's own files. */
function trusted(address: string): string {
  const scope = globalThis as Trust & { [policyKey]?: Policy };
  const rules: Policy = { createScriptURL: (own) => own };
  scope[policyKey] ??= scope.trustedTypes?.createPolicy('smoothgrad', rules) ?? rules;
  return scope[policyKey].createScriptURL(address);
}

const blobs = new Map<string, string>();

function blobOf(code: string): string {
  const known = blobs.get(code);
  if (known !== undefined) return known;
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  blobs.set(code, url);
  return url;
}

/** What comes before the module is there it has to hear all the same, and what is wrong with it is an error of the worker's. */
const importing = (address: string) => `
const early = [], keep = (event) => early.push(event);
addEventListener('message', keep);
import(${JSON.stringify(address)}).then(
  () => {
    removeEventListener('message', keep);
    for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports }));
  },
  (error) => setTimeout(() => { throw error; }),
);`;

/** What `new Worker(...)` is given to start a module. */
type Start = [address: string, options: WorkerOptions];

/**
 * By a module of the page's own that imports it: so it has the page's origin and policy, whatever its host sends with it. In a sandboxed
 * frame that is isolated Chromium starts no module of a blob, but a script.
 */
export function importedWorker(address: string, options: WorkerOptions): Start {
  if (globalThis.origin === 'null' && globalThis.crossOriginIsolated) {
    return [trusted(blobOf(importing(address))), { ...options, type: 'classic' }];
  }
  return [trusted(blobOf(`import ${JSON.stringify(address)};`)), options];
}

/**
 * A worker's script has to be of the page's own origin; a module of that origin may import it from any that allows it. Throws where Trusted
 * Types allow no policy of the name `smoothgrad`.
 */
export function workerOf(address: string, options: WorkerOptions): Start {
  const isForeign = /^https?:/.test(address) && new URL(address).origin !== globalThis.origin;
  return isForeign ? importedWorker(address, options) : [trusted(address), options];
}
