// On hosts that cannot send COOP and COEP our own service worker adds them, for threads.
import { inTime, isPossible, reload, startOffline } from './offline.js';

/** Reloads the page once, before anything has started, when isolation can be had by that. */
export async function isolate(): Promise<void> {
  await startOffline();
  if (crossOriginIsolated || !isPossible) return;
  try {
    await inTime(navigator.serviceWorker.ready);
    if (sessionStorage.getItem('isolating')) return;
    sessionStorage.setItem('isolating', 'tried');
    await reload();
  } catch {
    // Then it runs on one thread, and the page says so.
  }
}
