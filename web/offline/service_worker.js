// Keeps this site in the browser so that it works without a network, and adds the headers of cross-origin isolation where the host cannot
// send them. `build`, `files` come before this text (wasm/tasks/offline.mjs): a name for what was built, and the digest of each file that is
// kept. Files lie in one cache by their digest: a later build fetches what has changed only. Which builds are here as a whole is written in
// the cache too, so that it does not matter which worker answers: a page is always opened from the latest one, and one that is open goes on
// with the files of its own, whose names change with what is in them.

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const { scope } = registration;
/** Other sites of this origin have caches of their own. */
const cacheName = `smoothgrad ${scope}`;
/** Of the builds that are here as a whole: the list of each. */
const buildsName = `smoothgrad builds ${scope}`;
const sharedName = `smoothgrad shared ${scope}`;

const keyOf = (file, list) => `${scope}${file}?${encodeURIComponent(list[file])}`;
const listKey = `${scope}?${build}`;
/** Pages of the one before may still be open. */
const buildsKept = 2;

/** The kept file that an address means, or undefined: hosts serve a page also without its ending, and the first one as the folder. */
function fileOf({ origin, pathname }, list) {
  const name = `${origin}${pathname}`.slice(scope.length);
  return [name, `${name}.html`, `${name}index.html`].find((file) => Object.hasOwn(list, file));
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
  await cache.put(keyOf(file, files), kept);
}

let lists;
/** Of the builds that are here as a whole, the latest first: { file: digest } of each. */
function wholeLists() {
  lists ??= caches.open(buildsName).then(async (builds) => {
    const keys = (await builds.keys()).reverse();
    return Promise.all(keys.map(async (key) => (await builds.match(key)).json()));
  });
  return lists;
}

/** Leaves the last builds, and no file of others. */
async function tidy(cache, builds) {
  for (const key of (await builds.keys()).slice(0, -buildsKept)) await builds.delete(key);
  const ours = new Set((await wholeLists()).flatMap((list) => Object.keys(list).map((file) => keyOf(file, list))));
  const others = (await cache.keys()).filter(({ url }) => !ours.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
}

async function fill() {
  const cache = await caches.open(cacheName);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  // One by one: the page may need the line.
  for (const file of Object.keys(files)) if (!kept.has(keyOf(file, files))) await keep(cache, file);
  const builds = await caches.open(buildsName);
  // Behind the others, also where it was here before.
  await builds.delete(listKey);
  await builds.put(listKey, new Response(JSON.stringify(files)));
  lists = undefined;
  await tidy(cache, builds);
}

let filling;
/** Goes on where an earlier one was cut off. */
function filled() {
  filling ??= fill().finally(() => {
    filling = undefined;
  });
  return filling;
}

// A first one begins at once, for isolation, and is filled when a page asks for it; a later one has to be whole.
addEventListener('install', (event) => {
  event.waitUntil(
    wholeLists().then(async ({ length }) => {
      if (length > 0) await filled();
      skipWaiting();
    }),
  );
});

const requests = {
  /** Answers whether everything is here. */
  async keep() {
    if (await (await caches.open(buildsName)).match(listKey)) return true;
    // A later worker fills the cache by itself, and its build is to stay the latest.
    if (registration.installing ?? registration.waiting) return (await wholeLists()).length > 0;
    return filled().then(
      () => true,
      () => false,
    );
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

/** Of a larger file a page wants to see how much has come; and asks for it once more where it was cut off. */
const largestWhole = 2 ** 20;

/** As a whole: a request that shares what the browser's cache writes with one that is dropped gets half of a file. */
async function fetchWhole(request) {
  const response = await fetch(request);
  if (!(Number(response.headers.get('Content-Length') ?? Number.NaN) <= largestWhole) || !response.body) return response;
  try {
    return new Response(await response.arrayBuffer(), response);
  } catch {
    return fetch(request.url, { cache: 'no-store', credentials: 'same-origin' });
  }
}

async function find(request, among) {
  const address = new URL(request.url);
  const list = among.find((list) => fileOf(address, list));
  return list && (await caches.open(cacheName)).match(keyOf(fileOf(address, list), list));
}

/** While not all of a build is here, what the host sends comes first: it may be of a later one. */
async function answer(request) {
  // A later worker may have filled the cache.
  if (request.mode === 'navigate') lists = undefined;
  const held = await find(request, await wholeLists());
  if (held) return held;
  try {
    return isolated(await fetchWhole(request));
  } catch (error) {
    const part = await find(request, [files]);
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
