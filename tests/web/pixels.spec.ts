// What the network sees of a photo: the same pixels in a browser and in Node, whatever the file is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { createEngine as CreateEngine } from '../../wasm/js/node.js';
import { expect, test } from './fixtures.js';

const model = 'efficientnet-lite0';
const library = process.env.SMOOTHGRAD_PACKAGE ?? join(import.meta.dirname, '../../dist/smoothgrad');
const photo = (name: string) => join(import.meta.dirname, '../../web/photos', name);
const cat = () => sharp(photo('chelsea.webp'));

/** Transparent on the left. */
async function faded() {
  const { data, info } = await cat().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  for (let i = 0; i < data.length; i += 4) data[i + 3] = Math.round((255 * ((i / 4) % info.width)) / info.width);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
}

/** How far its pixels may be apart, in levels: decoders convert colour profiles each in its own way. */
const files: Record<string, { bytes: () => Promise<Buffer>; apart: number }> = {
  'a sample photo': { bytes: () => readFile(photo('coffee.webp')), apart: 0 },
  'a sample photo with a colour profile': { bytes: () => readFile(photo('rocket.jpg')), apart: 2 },
  'a JPEG': { bytes: () => cat().jpeg({ quality: 85 }).toBuffer(), apart: 0 },
  'a progressive JPEG': { bytes: () => cat().jpeg({ quality: 70, progressive: true }).toBuffer(), apart: 0 },
  'a grey JPEG': { bytes: () => cat().greyscale().jpeg().toBuffer(), apart: 0 },
  'a turned JPEG': { bytes: () => cat().rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer(), apart: 0 },
  'a JPEG of a wide gamut': { bytes: () => cat().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), apart: 2 },
  'a PNG of 16 bits': { bytes: () => cat().toColourspace('rgb16').png().toBuffer(), apart: 0 },
  'a PNG with a palette': { bytes: () => cat().png({ palette: true }).toBuffer(), apart: 0 },
  'a transparent PNG': { bytes: async () => (await faded()).png().toBuffer(), apart: 0 },
  'a transparent WebP': { bytes: async () => (await faded()).webp({ lossless: true }).toBuffer(), apart: 0 },
};

const seenInPage = (page: Page, bytes: Buffer) =>
  page.evaluate(
    async ({ base64, model, element }) => {
      const { sharedModel } = await import(element);
      const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const prepared = await (await sharedModel(model)).prepare(file);
      return [...(await prepared.pixels()).data] as number[];
    },
    { base64: bytes.toString('base64'), model, element: '/smoothgrad/element.js' },
  );

test('a browser and Node show the network the same pixels', async ({ page, site }) => {
  const { createEngine } = (await import(pathToFileURL(join(library, 'node.js')).href)) as {
    createEngine: typeof CreateEngine;
  };
  const engine = await createEngine({ threads: 1 });
  try {
    const network = await engine.loadModel(model);
    await page.goto(site.at('embed.html'));
    for (const [file, { bytes, apart }] of Object.entries(files)) {
      const content = await bytes();
      const { data } = await (await network.prepare(new Uint8Array(content))).pixels();
      const seen = await seenInPage(page, content);
      expect(seen.length, file).toBe(data.length);
      const furthest = seen.reduce((most, value, i) => Math.max(most, Math.abs(value - (data[i] as number))), 0);
      expect(furthest, file).toBeLessThanOrEqual(apart);
    }
  } finally {
    engine.close();
  }
});
