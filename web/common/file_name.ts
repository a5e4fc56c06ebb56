// Names of files as a person would choose them, which every file system takes.

/** Refused by some file system, or read as something else than a name. */
const refused = /[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu;
/** Devices, to Windows. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** Bytes, of the 255 that most file systems take: some add an ending, or a number. */
const longest = 160;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** "tabby - SmoothGrad, 48 samples.png" of such parts; one that is empty is left out. */
export function fileName(parts: readonly string[], ending: string): string {
  const clean = parts.map((part) => part.replace(refused, ' ').replace(/\s+/g, ' ').trim());
  let name = clean
    .filter((part) => part !== '')
    .join(' - ')
    // Hidden by one, dropped by another.
    .replace(/^[.\s]+|[.\s]+$/g, '');
  while (bytesOf(name) > longest) name = [...name].slice(0, -1).join('').trimEnd();
  if (name === '' || device.test(name)) name = `SmoothGrad ${name}`.trim();
  return `${name}.${ending}`;
}
