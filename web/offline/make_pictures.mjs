// Icons of the installed site and the picture that is shown beside a link to it: node web/offline/make_pictures.mjs
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const web = join(import.meta.dirname, '..');
const open = join(web, 'public');
const icon = await readFile(join(open, 'favicon.svg'), 'utf8');

/** The disc on its own colour up to the edge: whatever shape is cut out of it, the drawing is inside. */
const filled = icon.replace('<circle cx="16" cy="16" r="15"', '<rect width="32" height="32"');

const png = (svg, side) =>
  sharp(Buffer.from(svg), { density: (72 * side) / 32 })
    .resize(side, side)
    .png({ palette: true, effort: 10 });

await Promise.all([
  ...[192, 512].map((side) => png(icon, side).toFile(join(open, `icons/icon-${side}.png`))),
  png(filled, 512).toFile(join(open, 'icons/maskable-512.png')),
  png(filled, 180).toFile(join(open, 'icons/apple-touch-icon.png')),
]);

const [width, height, half] = [1200, 630, 440];
const words = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <rect width="${width}" height="${height}" fill="#131417"/>
  <g transform="translate(150 30) scale(2)">${icon.replace(/<title>.*<\/title>/, '').replace('<svg ', '<svg width="32" height="32" ')}</g>
  <text x="228" y="78" font-family="Liberation Serif, Georgia, serif" font-weight="600" font-size="46" fill="#ececee">What makes the network say “tiger cat”?</text>
  <text x="600" y="598" text-anchor="middle" font-family="sans-serif" font-size="26" fill="#a5a7b0">SmoothGrad, live in your browser, on your own photos</text>
</svg>`;
const square = (file) => sharp(join(web, file)).resize(half, half, { fit: 'cover', kernel: 'cubic' }).png().toBuffer();
const [photo, map] = await Promise.all([square('photos/chelsea.webp'), square('results/maps/chelsea-192-denoised.webp')]);
const top = 112;
const { size } = await sharp(Buffer.from(words))
  .composite([
    { input: photo, left: width / 2 - half - 6, top },
    { input: map, left: width / 2 + 6, top },
  ])
  .png({ palette: true, colours: 256, dither: 0.6, effort: 10 })
  .toFile(join(open, 'og.png'));
console.log(`og.png: ${Math.round(size / 1024)} KB`);
