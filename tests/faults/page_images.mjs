// Pictures handed to the first page by its file input, one after the other: what becomes of each.

const types = { jpg: 'image/jpeg', jpeg: 'image/jpeg', tif: 'image/tiff', svg: 'image/svg+xml', bmp: 'image/bmp' };
const typeOf = (name) => {
  const ending = name.split('.').at(-1);
  return types[ending] ?? `image/${ending}`;
};

/** Explained, or refused with a sentence. The page is at rest. */
export async function handIn(page, name, bytes) {
  const before = await page.evaluate(() => {
    document.querySelector('#notice-close').click();
    globalThis.explained = false;
    document.querySelector('#map').addEventListener('done', () => (globalThis.explained = true), { once: true });
    return performance.now();
  });
  await page.locator('#file').setInputFiles({ name, mimeType: typeOf(name), buffer: Buffer.from(bytes) });
  await page.waitForFunction(() => globalThis.explained || !document.querySelector('#notice').hidden);
  return page.evaluate((before) => {
    const { hidden } = document.querySelector('#notice');
    const refused = hidden ? undefined : document.querySelector('#notice-text').textContent;
    return { refused, ms: performance.now() - before };
  }, before);
}
