// Before the first paint: the language. That of the address (`?lang=ja`), else the one that was chosen here, else the first of the browser's
// that there is. Pages are English as they come; the texts of another language take their place, and nothing is shown until then. Scripts
// find that language's words as `texts`.
{
  const root = document.documentElement;
  /** Addresses of the other languages' texts. */
  const addresses = { ...document.currentScript.dataset };
  const patienceMs = 6000;
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // Storage may be forbidden; then it is as the system has it.
      return null;
    }
  };
  const parameters = () => new URLSearchParams(location.search);

  const wishes = [parameters().get('lang'), stored('language'), ...navigator.languages];
  const language = wishes.map((wish) => wish?.slice(0, 2)).find((wish) => wish === 'en' || wish in addresses) ?? root.lang;

  const parsed = () =>
    new Promise((resolve) => {
      document.addEventListener('readystatechange', resolve, { once: true });
      if (document.readyState !== 'loading') resolve();
    });
  const load = async (address) => {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
    return response.json();
  };
  /** The text with its tags, as elements; a string is never HTML here (Trusted Types). */
  function write(node, text) {
    const mathml = 'http://www.w3.org/1998/Math/MathML';
    node.textContent = '';
    let at = node;
    for (const piece of text.split(/(<[^>]+>)/)) {
      const [, ends, tag, rest] = /^<(\/?)(\w+)([^>]*)>$/.exec(piece) ?? [];
      if (tag === undefined) at.append(piece);
      else if (ends) at = at.parentNode;
      else {
        const isMath = tag === 'math' || at.namespaceURI === mathml;
        const inner = isMath ? document.createElementNS(mathml, tag) : document.createElement(tag);
        for (const [, name, value = ''] of rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) inner.setAttribute(name, value);
        at.append(inner);
        at = inner;
      }
    }
  }
  function put(page) {
    for (const node of document.querySelectorAll('*')) {
      for (const { name, value } of [...node.attributes]) {
        if (!name.startsWith('data-text')) continue;
        if (name === 'data-text') write(node, page[value]);
        else node.setAttribute(name.slice('data-text-'.length), page[value]);
      }
    }
  }
  /** What is made of data has a file a language; the browser reads it, so that no string becomes HTML. */
  const loadPart = (address) =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new XMLHttpRequest(), { timeout: patienceMs, onerror: reject, ontimeout: reject });
      request.onload = () => (request.response ? resolve(request.response.body.childNodes) : reject());
      request.open('GET', address);
      request.responseType = 'document';
      request.send();
    });
  /** What the address points at is another node now: at once there, as when a page is opened. */
  function pointAnew() {
    root.style.scrollBehavior = 'auto';
    location.replace(location.hash);
    requestAnimationFrame(() => {
      root.style.scrollBehavior = '';
    });
  }
  async function translate() {
    root.lang = language;
    root.style.visibility = 'hidden';
    try {
      const [texts] = await Promise.all([load(addresses[language]), parsed()]);
      const parts = [...document.querySelectorAll(`[data-part-${language}]`)];
      const loaded = await Promise.all(parts.map((part) => loadPart(part.getAttribute(`data-part-${language}`))));
      for (const [i, part] of parts.entries()) part.replaceChildren(...loaded[i]);
      put(texts.page);
      if (parts.length > 0 && location.hash) pointAnew();
      return texts;
    } catch {
      // Rather English than nothing.
      root.lang = 'en';
    } finally {
      root.style.visibility = '';
    }
  }
  globalThis.texts = language === root.lang ? undefined : translate();

  // What is in view is in the address and in the browser's storage: the page comes back as it was.
  document.addEventListener('click', ({ target }) => {
    const chosen = target.closest('#language')?.value;
    if (!chosen) return;
    try {
      localStorage.setItem('language', chosen);
    } catch {
      // Then it is in the address alone.
    }
    const search = parameters();
    if (stored('language') === chosen) search.delete('lang');
    else search.set('lang', chosen);
    history.replaceState(null, '', `${search.size > 0 ? `?${search}` : location.pathname}${location.hash}`);
    location.reload();
  });
}
