// Adds the headers of cross-origin isolation to this site's own files, where the host cannot send them.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

async function withHeaders(request) {
  const response = await fetch(request);
  if (response.status === 0) return response;
  const isolated = new Response(response.body, response);
  for (const [name, value] of Object.entries(headers)) isolated.headers.set(name, value);
  return isolated;
}

addEventListener('fetch', (event) => {
  const { url, cache, mode } = event.request;
  const own = new URL(url).origin === location.origin;
  // Chromium's developer tools ask for this combination, which fetch() refuses.
  if (own && !(cache === 'only-if-cached' && mode !== 'same-origin')) event.respondWith(withHeaders(event.request));
});
