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

const modules = new Map<string, string>();

/** A worker's script has to be of the page's own origin; a module of that origin may import it from any that allows it. */
function ownModule(address: string): string {
  const known = modules.get(address);
  if (known !== undefined) return known;
  const blob = new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  modules.set(address, url);
  return url;
}

/** By a module of the page's own that imports it: so it has the page's origin and policy, whatever its host sends with it. */
export const importedAddress = (address: string) => trusted(ownModule(address));

/** For `new Worker(...)`. Throws where Trusted Types allow no policy of the name `smoothgrad`. */
export function workerAddress(address: string): string {
  const isForeign = /^https?:/.test(address) && new URL(address).origin !== globalThis.origin;
  return isForeign ? importedAddress(address) : trusted(address);
}
