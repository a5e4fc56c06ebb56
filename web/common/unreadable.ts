// Why a file is no photo that can be shown, and what to do about it. What it is, its first bytes say; names are often wrong.
import { type Key, text } from './texts.js';

interface Kind {
  /** What comes after its name: "is ...: ...", with what to do. */
  is: Extract<Key, `unreadable.${string}`>;
  /** A name that ends so, where the bytes are not known. */
  ending: RegExp;
  begins: (text: string) => boolean;
}

const brand = (brands: RegExp) => (text: string) => text.slice(4, 8) === 'ftyp' && brands.test(text.slice(8, 12));

const kinds: readonly Kind[] = [
  {
    is: 'unreadable.heic',
    ending: /\.hei[cf]$/i,
    begins: brand(/^(hei[cxms]|hev[cx]|mif1|msf1)/),
  },
  {
    is: 'unreadable.raw',
    ending: /\.(cr[23]|nef|arw|dng|orf|rw2|raf|pef)$/i,
    begins: (text) => /^(FUJIFILMCCD-RAW|IIRO|IIU\0)/.test(text) || brand(/^crx/)(text),
  },
  {
    is: 'unreadable.tiff',
    ending: /\.tiff?$/i,
    begins: (text) => /^(II\*\0|MM\0\*)/.test(text),
  },
  {
    is: 'unreadable.svg',
    ending: /\.svgz?$/i,
    begins: (text) => /^\s*(<\?xml|<!doctype svg|<svg)/i.test(text),
  },
  {
    is: 'unreadable.pdf',
    ending: /\.pdf$/i,
    begins: (text) => text.startsWith('%PDF'),
  },
  {
    is: 'unreadable.film',
    ending: /\.(mp4|m4v|mov|webm|mkv|avi)$/i,
    begins: (text) => brand(/^(qt|isom|mp4|M4V|iso\d)/)(text) || text.startsWith('\x1aE\xdf\xa3'),
  },
  {
    is: 'unreadable.jxl',
    ending: /\.jxl$/i,
    begins: (text) => text.startsWith('\xff\x0a') || text.slice(4, 8) === 'JXL ',
  },
];

/** Of the file with this name and these first bytes, "is ...: ..."; undefined where nothing more is known of it. */
export function whyUnreadable(name: string, start: Uint8Array): string | undefined {
  const first = String.fromCharCode(...start);
  // Raw files of most makers begin as TIFF does: there the name knows more.
  const raw = kinds[1]?.ending.test(name) ? kinds[1] : undefined;
  const kind = raw ?? kinds.find(({ begins }) => begins(first)) ?? kinds.find(({ ending }) => ending.test(name));
  return kind && text(kind.is);
}

/** As many bytes as tell. */
export const startBytes = 64;
