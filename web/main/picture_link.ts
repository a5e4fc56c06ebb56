// A link that carries a picture: small, in the address's fragment, which browsers send to no server. It is kept as other photos are and
// leaves the address at once, so that it stays out of the history too.
import type { Model } from 'smoothgrad';
import { addOwnPhoto, linkPrefix as prefix } from '../common/own_photos.js';

const key = '#picture=';
/** Longer ones are cut off on their way by what people send links with. */
const wantedBytes = 12_000;
const largestText = 1_000_000;
const largestSide = 512;

export const toText = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Throws where it is damaged. */
export function fromText(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new Error('it has letters that no picture is made of');
  if (text.length > largestText) throw new Error('it is too long');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** The same picture has the same name, however often its link is opened. */
async function nameOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes).catch(() => undefined);
  if (!digest) return `${prefix}${bytes.length}-${Math.random().toString(36).slice(2, 10)}`;
  return prefix + toText(new Uint8Array(digest)).slice(0, 12);
}

async function keep(picture: Blob): Promise<string> {
  const name = await nameOf(new Uint8Array(await picture.arrayBuffer()));
  await addOwnPhoto({ name, file: picture });
  return name;
}

/** The middle of a photo that the network looks at, no larger than it needs; all of it where its shape does not matter. */
async function shrink(photo: Blob, { preprocessing: { fit, resize, size }, inputShape }: Model): Promise<Blob> {
  const bitmap = await createImageBitmap(photo);
  const { width, height } = bitmap;
  const isPhoto = inputShape[1] === 3;
  const wanted = Math.min(largestSide, isPhoto ? Math.max(resize, ...size) : 224);
  const isSquare = isPhoto && fit === 'crop' && size[0] === size[1];
  const side = Math.min(width, height);
  const [cutWidth, cutHeight] = isSquare ? [side, side] : [width, height];
  const scale = Math.min(1, wanted / side);
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(cutWidth * scale)), Math.max(1, Math.round(cutHeight * scale)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas to draw on.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  context.drawImage(bitmap, left, top, cutWidth, cutHeight, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return encode(canvas);
}

async function encode(canvas: OffscreenCanvas): Promise<Blob> {
  let smallest: Blob | undefined;
  for (const quality of [0.8, 0.65, 0.5, 0.35]) {
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
    // A browser that writes no WebP makes a PNG of it.
    smallest = webp.type === 'image/webp' ? webp : await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (smallest.size <= wantedBytes) break;
  }
  return smallest as Blob;
}

/** The link, and the name of the picture that is in it, which is kept here as well. `address`: of the page as it is. */
export async function linkWithPicture(address: string, photo: Blob, model: Model): Promise<{ link: string; name: string }> {
  const picture = await shrink(photo, model);
  const link = new URL(address);
  link.searchParams.delete('photo');
  link.hash = key + toText(new Uint8Array(await picture.arrayBuffer()));
  return { link: link.href, name: await keep(picture) };
}

/**
 * What the page's address carries is kept under the name that the address then has. Before anything reads the address. Resolves to why it
 * cannot be shown, where it cannot.
 */
export async function takeLinkedPicture(): Promise<string | undefined> {
  // Opened where the page is open already, with the same settings, a link changes nothing but the fragment.
  addEventListener('hashchange', () => location.hash.startsWith(key) && location.reload());
  if (!location.hash.startsWith(key)) return undefined;
  const text = location.hash.slice(key.length);
  const address = new URL(location.href);
  address.hash = '';
  try {
    const picture = new Blob([fromText(text)]);
    (await createImageBitmap(picture)).close();
    address.searchParams.set('photo', await keep(picture));
    return undefined;
  } catch (error) {
    const reason = (error as Error).name === 'Error' ? (error as Error).message : 'it is cut off, or was changed on its way';
    return `The picture in this link cannot be shown: ${reason}. Here is an example instead; ask for the link again.`;
  } finally {
    history.replaceState(null, '', address);
  }
}
