// Rows and columns of maps as one picture, with their names, keys to their colours and a caption: dark ink on white, for papers.

export interface Heading {
  title: string;
  /** The name of a photo to show with the title. */
  photo?: string;
}

/** Of colours: what they are of, and the words below their ramp, line by line from the left to the right. */
export interface Key {
  title: string;
  ramp: CanvasImageSource;
  ends: readonly (readonly string[])[];
}

export interface PictureParts {
  rows: readonly Heading[];
  columns: readonly Heading[];
  /** The side of a map. */
  size?: number;
  /** The canvas of a cell; undefined where there is no map yet. */
  cell: (row: number, column: number) => CanvasImageSource | undefined;
  photo: (name: string) => CanvasImageSource | undefined;
  /** What stands beneath a photo beside its title. */
  note: (photo: string) => string;
  keys: readonly Key[];
  /** A paragraph each; without one the picture ends where the maps do. */
  caption: readonly string[];
}

const gap = 12;
const edge = 32;
const family = '"Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const label = `600 22px ${family}`;
const text = `20px ${family}`;
const line = 28;
const ink = '#1c1b1a';
const keyWidth = 320;
const rampHeight = 16;

const han = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。「」『』()・]`;
/** No line of Japanese begins with the first ones, none ends with the others. */
const closing = '[ーぁぃぅぇぉっゃゅょァィゥェォッャュョ、。」』)・!?]';
const opening = '[「『(]';
/** Behind a space, and between two signs of which one is Japanese. */
const breaks = new RegExp(`(?<= )|(?<!${opening})(?:(?<=${han})(?! )|(?<! )(?=${han}))(?!${closing})`, 'u');

/** Lines of at most this width; a word with spaces around it is never broken. */
export function wrap(words: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const piece of words.split(breaks)) {
    const longer = `${lines.at(-1) ?? ''}${piece}`;
    if (lines.length > 0 && measure(longer.trimEnd()) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

const isPictured = (headings: readonly Heading[]) => headings.some((heading) => heading.photo !== undefined);
const keyHeight = ({ title, ends }: Key) => (title === '' ? 0 : line) + rampHeight + 4 + ends.length * line + gap;

/** The words at the ends of a ramp and between them. */
const alignments: readonly CanvasTextAlign[] = ['left', 'center', 'right'];

export function drawPicture({ rows, columns, size = 224, cell, photo, note, keys, caption }: PictureParts): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const linesOf = (words: string, width: number, font: string) => {
    context.font = font;
    return words === '' ? [] : wrap(words, width, (piece) => context.measureText(piece).width);
  };
  const margin = caption.length > 0 ? edge : 0;
  const side = isPictured(rows) ? size : rows.some(({ title }) => title !== '') ? 170 : -gap;
  const heads = columns.map(({ title }) => linesOf(title, size, label));
  const above = Math.max(...heads.map(({ length }) => length)) * line;
  const top = (isPictured(columns) ? size + gap : 0) + above + (above > 0 ? gap : 0);
  const width = 2 * margin + side + columns.length * (size + gap);
  const words = caption.flatMap((paragraph) => linesOf(paragraph, width - 2 * margin, text));
  const step = size + gap + (isPictured(rows) ? line + 4 : 0);
  const body = margin + top + rows.length * step;
  const keysHeight = keys.reduce((sum, key) => sum + keyHeight(key), 0);
  Object.assign(canvas, { width, height: body - (margin > 0 ? 0 : gap) + keysHeight + words.length * line + margin });

  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = ink;
  context.imageSmoothingEnabled = true;
  context.textBaseline = 'top';
  const write = (lines: readonly string[], x: number, y: number, font: string, align: CanvasTextAlign = 'left') => {
    context.font = font;
    context.textAlign = align;
    for (const [i, piece] of lines.entries()) context.fillText(piece, x, y + i * line);
  };
  const place = (source: CanvasImageSource | undefined, x: number, y: number) => {
    if (source) return context.drawImage(source, x, y, size, size);
    context.strokeStyle = '#c9c5ba';
    context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
  };

  const left = (column: number) => margin + side + gap + column * (size + gap);
  const down = (row: number) => margin + top + row * step;
  for (const [i, { photo: name }] of columns.entries()) {
    const lines = heads[i] as string[];
    write(lines, left(i) + size / 2, margin + top - gap - lines.length * line, label, 'center');
    if (name !== undefined) place(photo(name), left(i), margin);
  }
  for (const [i, { title, photo: name }] of rows.entries()) {
    if (name === undefined) {
      const lines = linesOf(title, side - gap, label);
      write(lines, margin, down(i) + (size - lines.length * line) / 2, label);
    } else {
      place(photo(name), margin, down(i));
      const named = note(name) === '' ? title : `${title}: ${note(name)}`;
      write(linesOf(named, side, text).slice(0, 1), margin + size / 2, down(i) + size + 6, text, 'center');
    }
    for (const j of columns.keys()) place(cell(i, j), left(j), down(i));
  }

  let y = body;
  const across = Math.min(keyWidth, width - 2 * margin);
  for (const key of keys) {
    const { title, ramp, ends } = key;
    if (title !== '') write([title], margin, y, text);
    const bar = y + (title === '' ? 0 : line);
    context.drawImage(ramp, margin, bar, across, rampHeight);
    for (const [i, spread] of ends.entries()) {
      for (const [j, piece] of spread.entries()) {
        const place = j === 0 ? 0 : j === spread.length - 1 ? 2 : 1;
        write([piece], margin + (place * across) / 2, bar + rampHeight + 4 + i * line, text, alignments[place]);
      }
    }
    y += keyHeight(key);
  }
  write(words, margin, y, text);
  return canvas;
}
