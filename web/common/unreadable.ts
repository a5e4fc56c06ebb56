// Why a file is no photo that can be shown, and what to do about it. What it is, its first bytes say; names are often wrong.

interface Kind {
  /** "“a.heic” is ..." */
  is: string;
  help: string;
  /** A name that ends so, where the bytes are not known. */
  ending: RegExp;
  begins: (text: string) => boolean;
}

const asJpeg = 'save or export it as JPEG or PNG and choose that';
const brand = (brands: RegExp) => (text: string) => text.slice(4, 8) === 'ftyp' && brands.test(text.slice(8, 12));

const kinds: readonly Kind[] = [
  {
    is: 'a HEIC picture, which this browser cannot read',
    help: `${asJpeg}; an iPhone takes JPEG after Settings, Camera, Formats, Most Compatible`,
    ending: /\.hei[cf]$/i,
    begins: brand(/^(hei[cxms]|hev[cx]|mif1|msf1)/),
  },
  {
    is: 'a raw picture of a camera, which browsers cannot read',
    help: 'save or export it as JPEG and choose that',
    ending: /\.(cr[23]|nef|arw|dng|orf|rw2|raf|pef)$/i,
    begins: (text) => /^(FUJIFILMCCD-RAW|IIRO|IIU\0)/.test(text) || brand(/^crx/)(text),
  },
  {
    is: 'a TIFF picture, which browsers cannot read',
    help: asJpeg,
    ending: /\.tiff?$/i,
    begins: (text) => /^(II\*\0|MM\0\*)/.test(text),
  },
  {
    is: 'a drawing (SVG), not a photo',
    help: 'save it as PNG, or take a picture of the screen',
    ending: /\.svgz?$/i,
    begins: (text) => /^\s*(<\?xml|<!doctype svg|<svg)/i.test(text),
  },
  {
    is: 'a document (PDF), not a photo',
    help: 'take a picture of the screen',
    ending: /\.pdf$/i,
    begins: (text) => text.startsWith('%PDF'),
  },
  {
    is: 'a film, not a photo',
    help: 'stop it where you like and take a picture of the screen',
    ending: /\.(mp4|m4v|mov|webm|mkv|avi)$/i,
    begins: (text) => brand(/^(qt|isom|mp4|M4V|iso\d)/)(text) || text.startsWith('\x1aE\xdf\xa3'),
  },
  {
    is: 'a JPEG XL picture, which this browser cannot read',
    help: asJpeg,
    ending: /\.jxl$/i,
    begins: (text) => text.startsWith('\xff\x0a') || text.slice(4, 8) === 'JXL ',
  },
];

/** Of the file with this name and these first bytes, "is ..., so that ..."; undefined where nothing more is known of it. */
export function whyUnreadable(name: string, start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start);
  // Raw files of most makers begin as TIFF does: there the name knows more.
  const raw = kinds[1]?.ending.test(name) ? kinds[1] : undefined;
  const kind = raw ?? kinds.find(({ begins }) => begins(text)) ?? kinds.find(({ ending }) => ending.test(name));
  return kind && `is ${kind.is}: ${kind.help}`;
}

/** As many bytes as tell. */
export const startBytes = 64;
