// The address of a picture, pasted as text or dragged from another page. Only addresses of this site and such as hold the picture
// themselves are read: this site reaches no other, so that nobody learns what is looked at, and its Content-Security-Policy holds that.
import { text } from './texts.js';

const isAddress = /^(https?:\/\/|data:image\/|blob:)\S+$/i;

/** Undefined where there is none. A link around a picture is another page: what counts is the picture. */
export function pictureAddress(data: Pick<DataTransfer, 'getData'> | null): string | undefined {
  const html = data?.getData('text/html') ?? '';
  // As browsers write it; a document is never made of what others wrote.
  const picture = /<img\b[^>]*?\ssrc="([^"]+)"/i.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const lines = [picture ?? '', ...['text/uri-list', 'text/plain'].map((type) => data?.getData(type) ?? '')];
  return lines.map((line) => line.trim()).find((line) => isAddress.test(line));
}

const nameOf = ({ protocol, pathname }: URL) =>
  (protocol === 'data:' ? '' : decodeURIComponent(pathname.split('/').at(-1) ?? '')) || text('photo.nameless');

/** Throws, in words for people, where it is not to be had. */
export async function readPicture(address: string, origin = location.origin): Promise<File> {
  const url = new URL(address);
  const name = nameOf(url);
  if (url.origin !== origin && url.protocol !== 'data:') {
    const host = url.host || text('photo.another-page');
    throw new Error(text('photo.elsewhere', { name, host }));
  }
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new Error(text('photo.address-unread', { name }));
  const picture = await response.blob();
  return new File([picture], name, { type: picture.type });
}
