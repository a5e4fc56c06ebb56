// The service worker of this site, which keeps it for when there is no network. Pages that embed the package never get one.
import { text } from './texts.js';

const { serviceWorker } = navigator;
/** `?isolate=0` leaves it off. */
export const isPossible =
  isSecureContext && 'serviceWorker' in navigator && new URLSearchParams(location.search).get('isolate') !== '0';

interface Rules {
  createScriptURL(address: string): string;
}

interface Trust {
  trustedTypes?: { createPolicy(name: string, rules: Rules): Rules };
}

const rules: Rules = { createScriptURL: (own) => own };

/** Where Trusted Types rule, which is everywhere on this site, a plain address starts no worker. */
function trusted(address: string): string {
  const policy = (globalThis as Trust).trustedTypes?.createPolicy('smoothgrad-site', rules) ?? rules;
  return policy.createScriptURL(address);
}

/** A later build comes by itself, for pages that are opened once it is whole. */
export function startOffline(): void {
  if (isPossible) serviceWorker.register(trusted('service_worker.js'), { updateViaCache: 'none' }).catch(() => {});
}

/** Resolves to whether all of the site is here. */
function ask(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage('keep', [port2]);
  });
}

type Connection = Navigator & { connection?: { saveData?: boolean } };

/** Once what the page itself needs is there: the rest of the site and all shipped networks are fetched, and the footer says so. */
export async function keepOffline(): Promise<void> {
  if (!isPossible || (navigator as Connection).connection?.saveData) return;
  const { active } = await serviceWorker.ready;
  if (!active || !(await ask(active))) return;
  if (document.getElementById('offline')) return;
  document
    .querySelector('footer')
    ?.append(Object.assign(document.createElement('p'), { id: 'offline', textContent: text('offline') }));
}
