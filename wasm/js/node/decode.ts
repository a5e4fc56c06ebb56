// Photos in Node: paths, addresses and bytes to RGBA, by sharp; and why a file is none, in a sentence.
import { SmoothGradError } from '../api/errors.js';
import type { Picture } from '../api/index.js';
import { largestPhoto } from '../api/sources.js';
import type { Encoded } from '../worker/runtime.js';
import { readAddress } from './node_files.js';
import { loadSharp } from './sharp.js';

const brand = (brands: RegExp) => (text: string) => text.slice(4, 8) === 'ftyp' && brands.test(text.slice(8, 12));

/** What is not even tried: by its first bytes, since names are often wrong. */
const refused = [
  {
    is: 'is a HEIC picture, which is not read here: save or export it as JPEG or PNG',
    begins: brand(/^(hei[cxms]|hev[cx])/),
  },
  {
    is: 'is a drawing (SVG), not a photo: save it as PNG',
    begins: (text: string) => /^(\xef\xbb\xbf)?\s*<(\?xml|!doctype svg|!--|svg)/i.test(text),
  },
  { is: 'is a document (PDF), not a photo: save it as PNG', begins: (text: string) => text.startsWith('%PDF') },
  { is: 'is a film, not a photo', begins: brand(/^(qt|isom|mp4|M4V|iso\d)/) },
];

function checkKind(label: string, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new SmoothGradError('bad-image', `${label} is not a photo that can be read: it is empty`);
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  const kind = refused.find(({ begins }) => begins(start));
  if (kind) throw new SmoothGradError('bad-image', `${label} ${kind.is}`);
}

const tooLarge = `it has more than ${largestPhoto / 1e6} megapixels: make it smaller`;

/** Says nothing, or not of this photo: threads that decode at once hear each other's "known format". */
const empty = ['', 'Unknown error', 'buffer is not in a known format'];

/** Of what sharp and the libraries beneath it say: one line without their names, or nothing where it says nothing. */
export function reasonOf(error: unknown): string {
  const lines = (error as Error).message.split('\n').map((line) => line.replace('Input buffer has corrupt header:', '').trim());
  const said = lines.map((line) => line.replace(/^\w+: /, '')).find((line) => !empty.includes(line));
  if (said === undefined) return '';
  if (/exceeds pixel limit/.test(said)) return `: ${tooLarge}`;
  return `: ${said.replace('Input buffer contains unsupported image format', 'its bytes are of no kind of picture that is known here')}`;
}

/** More pixels than these take turns: what they are decoded to takes four bytes each, twice. */
const many = 24e6;
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work);
  last = next.catch(() => {});
  return next;
}

async function decodeBytes(bytes: Uint8Array): Promise<Picture> {
  const sharp = await loadSharp();
  const file = sharp(bytes, { failOn: 'error', limitInputPixels: largestPhoto });
  const { width, height } = await file.metadata();
  const work = async () => {
    const image = file.autoOrient().toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' });
    const { data, info } = await image.toBuffer({ resolveWithObject: true });
    return { ...info, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength) };
  };
  const decoded = await (width * height > many ? inTurn(work) : work());
  return { width: decoded.width, height: decoded.height, data: decoded.data };
}

async function bytesOf(photo: Exclude<Encoded, Picture>): Promise<Uint8Array> {
  if (typeof photo === 'string') return readAddress(photo);
  const bytes = photo instanceof Blob ? new Uint8Array(await photo.arrayBuffer()) : photo;
  if (bytes instanceof Uint8Array) return bytes;
  throw new SmoothGradError('bad-image', 'Node has no ImageBitmap: give a path, encoded bytes, a Blob or RGBA pixels');
}

export async function decode(photo: Encoded): Promise<Picture> {
  if (typeof photo === 'object' && 'data' in photo) {
    return { width: photo.width, height: photo.height, data: new Uint8ClampedArray(photo.data) };
  }
  const label = typeof photo === 'string' && !photo.startsWith('data:') ? photo : 'the photo';
  const bytes = await bytesOf(photo);
  checkKind(label, bytes);
  try {
    return await decodeBytes(bytes);
  } catch (error) {
    if (error instanceof SmoothGradError) throw error;
    const message = `${label} is not a photo that can be read, or is damaged${reasonOf(error)}`;
    throw new SmoothGradError('bad-image', message, { cause: error });
  }
}
