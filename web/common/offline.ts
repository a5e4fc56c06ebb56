// The service worker of this site, which keeps it for when there is no network. Pages that embed the package never get one.
import { text } from './texts.js';

const { serviceWorker } = navigator;
const patienceMs = 2000;
/** The earlier worker finishes first what it was asked for. */
const handoverMs = 10_000;

/** `?isolate=0` leaves it off. */
export const isPossible =
  isSecureContext && 'serviceWorker' in navigator && new URLSearchParams(location.search).get('isolate') !== '0';

export const inTime = <T>(promise: Promise<T>, ms = patienceMs): Promise<T> =>
  Promise.race([promise, new Promise<never>((_, giveUp) => setTimeout(giveUp, ms))]);

function ask(worker: ServiceWorker, request: 'keep' | 'takeOver'): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(request, [port2]);
  });
}

/** All that the page itself asks for is here. */
const loaded = () =>
  new Promise<unknown>((resolve) => {
    if (document.readyState === 'complete') return resolve(undefined);
    addEventListener('load', resolve, { once: true });
  });

export async function reload(): Promise<never> {
  location.reload();
  return new Promise(() => {});
}

/** A later build is here as a whole: this page is loaded anew from it, unless others are open that are of the earlier one. */
async function becomeLatest() {
  const isSecond = sessionStorage.getItem('updated') !== null;
  sessionStorage.removeItem('updated');
  const waiting = (await serviceWorker.getRegistration())?.waiting;
  // Never twice in a row, whatever the host sends.
  if (!waiting || isSecond) return;
  // Even if it takes longer than the page waits: nothing is to be made of two builds.
  const changed = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  const anew = changed.then(() => {
    sessionStorage.setItem('updated', 'yes');
    return reload();
  });
  // Whatever is asked of the earlier worker while it ends starts it once more, and then nothing ends it.
  await inTime(loaded());
  if (await inTime(ask(waiting, 'takeOver'))) await inTime(anew, handoverMs);
}

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

/** Before anything has started. */
export async function startOffline(): Promise<void> {
  if (!isPossible) return;
  if (serviceWorker.controller) await becomeLatest().catch(() => {});
  serviceWorker.register(trusted('service_worker.js'), { updateViaCache: 'none' }).catch(() => {});
}

type Connection = Navigator & { connection?: { saveData?: boolean } };

/** Once what the page itself needs is there: the rest of the site and all shipped networks are fetched, and the footer says so. */
export async function keepOffline(): Promise<void> {
  if (!isPossible || (navigator as Connection).connection?.saveData) return;
  const { active } = await serviceWorker.ready;
  if (!active || !(await ask(active, 'keep'))) return;
  if (document.getElementById('offline')) return;
  document
    .querySelector('footer')
    ?.append(Object.assign(document.createElement('p'), { id: 'offline', textContent: text('offline') }));
}
