// The first script of each page, before the first paint. The theme that was chosen here earlier is set; and what the page is going to
// ask for is asked for, while its own scripts are still on their way: the engine's program, the network, the photo.
import { relaxedSimd } from 'wasm-feature-detect';
import { wholeName } from '../common/part.js';
import { builds, models, photos } from './files.js';

try {
  const theme = localStorage.getItem('theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's theme it is.
}

/** Said by the page: the photo that it starts with; undefined where it starts no network. */
const { photo: first } = (document.currentScript as HTMLScriptElement).dataset;
const parameters = new URLSearchParams(location.search);

/** It is about to be loaded again, with threads (common/isolate.ts): all would be asked for twice. */
function isPassing(): boolean {
  if (crossOriginIsolated || !isSecureContext || !('serviceWorker' in navigator)) return false;
  try {
    return parameters.get('isolate') !== '0' && !sessionStorage.getItem('isolating');
  } catch {
    return false;
  }
}

/** The network is for the package to take (wasm/js/client/early_answers.ts). */
function askForModel(file: string) {
  const answer = fetch(file);
  // Whoever takes it is told.
  answer.catch(() => {});
  const answers = new Map([[new URL(file, document.baseURI).href, answer]]);
  Object.assign(globalThis, { [Symbol.for('smoothgrad answers')]: answers });
}

function ask(href: string | undefined) {
  if (href === undefined) return;
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }),
  );
}

async function askForAll(photo: string) {
  // One of the user's own is in the browser.
  const model = models[parameters.get('model') ?? 'efficientnet-lite0'];
  if (model !== undefined) askForModel(model);
  ask(photos[wholeName(parameters.get('photo') ?? photo)]);
  const kind = (await relaxedSimd()) ? 'relaxed' : 'simd';
  ask(builds[crossOriginIsolated ? `${kind}-threads` : kind]);
}

if (first && !isPassing()) void askForAll(first);
