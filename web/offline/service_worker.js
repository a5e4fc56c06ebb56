// Keeps this site in the browser, one build of it at a time, so that it works without a network; and adds the headers of cross-origin
// isolation where the host cannot send them. `build`, `files` come before this text (wasm/tasks/offline.mjs): a name for what was built, and
// the digest of each file that is kept. Files lie in one cache by their digest: a later build fetches what has changed only.

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const { scope } = registration;
/** Other sites of this origin have caches of their own. */
const cacheName = `smoothgrad ${scope}`;
const sharedName = `smoothgrad shared ${scope}`;

const keyOf = (file) => `${scope}${file}?${encodeURIComponent(files[file])}`;
/** It is there once every file of the build is. */
const whole = `${scope}?whole=${build}`;

/** The kept file that an address means, or undefined: hosts serve a page also without its ending, and the first one as the folder. */
function fileOf({ origin, pathname }) {
  const name = `${origin}${pathname}`.slice(scope.length);
  return [name, `${name}.html`, `${name}index.html`].find((file) => Object.hasOwn(files, file));
}

function isolated(response) {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** A body that was cut off, or is of another build, has not that digest. */
async function keep(cache, file) {
  const response = await fetch(scope + file, { integrity: files[file], cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  const kept = isolated(response);
  // A cache refuses what varies with everything, and it is found by its digest anyway.
  kept.headers.delete('Vary');
  await cache.put(keyOf(file), kept);
}

async function fill() {
  const cache = await caches.open(cacheName);
  if (await cache.match(whole)) return;
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  // One by one: the page may need the line.
  for (const file of Object.keys(files)) if (!kept.has(keyOf(file))) await keep(cache, file);
  await cache.put(whole, new Response());
}

let filling;
/** Goes on where an earlier one was cut off. */
function filled() {
  filling ??= fill().finally(() => {
    filling = undefined;
  });
  return filling;
}

async function tidy() {
  const cache = await caches.open(cacheName);
  const ours = new Set([whole, ...Object.keys(files).map(keyOf)]);
  const others = (await cache.keys()).filter(({ url }) => !ours.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
}

/** Whether an earlier build is here as a whole, so that it is what pages are made of. */
async function hasEarlier() {
  if (!(await caches.has(cacheName))) return false;
  const keys = await (await caches.open(cacheName)).keys();
  return keys.some(({ url }) => url.startsWith(`${scope}?whole=`) && url !== whole);
}

// A first one may begin at once, for isolation. A later one waits until it is whole, and then for its turn (`takeOver`).
addEventListener('install', (event) => {
  event.waitUntil(hasEarlier().then((earlier) => (earlier ? filled() : skipWaiting())));
});
addEventListener('activate', (event) => event.waitUntil(tidy()));

const requests = {
  /** Answers whether everything is here. */
  keep: () =>
    filled().then(
      () => true,
      () => false,
    ),
  /** Where only the page that asks is open: another may still load files of the earlier build. */
  async takeOver() {
    const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (open.length > 1) return false;
    // Not waited for: that lasts until the earlier one has nothing to do.
    skipWaiting();
    return true;
  },
};

/** Other sites of this origin may find this worker too, and are not listened to. */
const isOurs = ({ source, data }) =>
  source?.url?.startsWith(scope) && typeof data === 'string' && Object.hasOwn(requests, data);

addEventListener('message', (event) => {
  if (!isOurs(event)) return;
  const [port] = event.ports;
  event.waitUntil(requests[event.data]().then((answer) => port?.postMessage(answer)));
});

/** While not all of a build is here, what the host sends comes first: it may be of a later one. */
async function answer(request) {
  const file = fileOf(new URL(request.url));
  const cache = await caches.open(cacheName);
  const find = () => file && cache.match(keyOf(file));
  const held = (await cache.match(whole)) && (await find());
  if (held) return held;
  try {
    return isolated(await fetch(request));
  } catch (error) {
    const part = await find();
    if (part) return part;
    throw error;
  }
}

/** `?isolate=0`: the page without threads. */
async function answerPlainly(request) {
  const response = await answer(request);
  if (response.status === 0) return response;
  const plain = new Response(response.body, response);
  for (const name of Object.keys(isolation)) plain.headers.delete(name);
  return plain;
}

/** A photo that another app handed to the installed one waits here until the first page asks for it. */
async function share(request) {
  const photo = (await request.formData()).get('photo');
  if (photo instanceof File) {
    // Any page can send a file here: it must never be read as a page of ours.
    const type = /^image\/(?!svg)[\w.+-]+$/.test(photo.type) ? photo.type : 'application/octet-stream';
    const headers = { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', 'X-Name': encodeURIComponent(photo.name) };
    await (await caches.open(sharedName)).put(`${scope}shared`, new Response(photo, { headers }));
  }
  return Response.redirect(`${scope}?shared=1`, 303);
}

async function shared() {
  const cache = await caches.open(sharedName);
  const photo = await cache.match(`${scope}shared`);
  await cache.delete(`${scope}shared`);
  return photo ?? new Response(null, { status: 404 });
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const { url, method, mode, cache, headers } = request;
  if (!url.startsWith(scope)) return;
  const address = new URL(url);
  const name = `${address.origin}${address.pathname}`.slice(scope.length);
  if (name === 'share' && method === 'POST') return event.respondWith(share(request));
  // For the first page's script: nothing is to be opened there.
  if (name === 'shared' && request.destination === '') return event.respondWith(shared());
  // Chromium's developer tools ask for the latter combination, which fetch() refuses.
  if (method !== 'GET' || headers.has('range') || (cache === 'only-if-cached' && mode !== 'same-origin')) return;
  const plainly = mode === 'navigate' && address.searchParams.get('isolate') === '0';
  event.respondWith(plainly ? answerPlainly(request) : answer(request));
});
