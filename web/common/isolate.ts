// On hosts that cannot send COOP and COEP our own service worker adds them, for threads.
import { isPossible, startOffline } from './offline.js';

const patienceMs = 2000;

const inTime = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([promise, new Promise<never>((_, giveUp) => setTimeout(giveUp, patienceMs))]);

/** Reloads the page once, before anything has started, when isolation can be had by that. */
export async function isolate(): Promise<void> {
  startOffline();
  if (crossOriginIsolated || !isPossible) return;
  try {
    await inTime(navigator.serviceWorker.ready);
    if (sessionStorage.getItem('isolating')) return;
    sessionStorage.setItem('isolating', 'tried');
    location.reload();
    await new Promise(() => {});
  } catch {
    // Then it runs on one thread, and the page says so.
  }
}
