// On hosts that cannot send COOP and COEP our own service worker adds them, for threads; `?isolate=0` leaves it off.

const patienceMs = 2000;

/** Reloads the page once, before anything has started, when isolation can be had by that. */
export async function isolate(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get('isolate') !== '0';
  if (crossOriginIsolated || !wanted || !isSecureContext || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('isolate_worker.js');
    await Promise.race([navigator.serviceWorker.ready, new Promise((_, giveUp) => setTimeout(giveUp, patienceMs))]);
    if (sessionStorage.getItem('isolating')) return;
    sessionStorage.setItem('isolating', 'tried');
    location.reload();
    await new Promise(() => {});
  } catch {
    // Then it runs on one thread, and the page says so.
  }
}
