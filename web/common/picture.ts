// Rows and columns of maps as one picture, with their names and a caption: dark ink on white, for papers.

export interface Heading {
  title: string;
  /** The name of a photo to show with the title. */
  photo?: string;
}

export interface PictureParts {
  rows: Heading[];
  columns: Heading[];
  /** The canvas of a cell; undefined where there is no map yet. */
  cell: (row: number, column: number) => CanvasImageSource | undefined;
  photo: (name: string) => CanvasImageSource | undefined;
  /** What stands beneath a photo beside its title. */
  note: (photo: string) => string;
  caption: string;
}

const size = 224;
const gap = 12;
const margin = 32;
const family = '"Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const label = `600 22px ${family}`;
const text = `20px ${family}`;
const line = 28;
const ink = '#1c1b1a';

/** Lines of at most this width; a word is never broken. */
export function wrap(words: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export function drawPicture({ rows, columns, cell, photo, note, caption }: PictureParts): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const linesOf = (words: string, width: number, font: string) => {
    context.font = font;
    return wrap(words, width, (piece) => context.measureText(piece).width);
  };
  const pictured = (headings: Heading[]) => headings.some((heading) => heading.photo !== undefined);
  const side = pictured(rows) ? size : rows.some(({ title }) => title !== '') ? 170 : -gap;
  const heads = columns.map(({ title }) => linesOf(title, size, label));
  const top = (pictured(columns) ? size + gap : 0) + Math.max(...heads.map(({ length }) => length)) * line + gap;
  const width = 2 * margin + side + columns.length * (size + gap);
  const words = linesOf(caption, width - 2 * margin, text);
  const names = pictured(rows) ? line + 4 : 0;
  const step = size + gap + names;
  const height = 2 * margin + top + rows.length * step + words.length * line;
  Object.assign(canvas, { width, height });

  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = ink;
  context.imageSmoothingEnabled = true;
  context.textBaseline = 'top';
  const write = (lines: string[], x: number, y: number, font: string, align: CanvasTextAlign = 'left') => {
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
  const above = (row: number) => margin + top + row * step;
  for (const [i, { photo: name }] of columns.entries()) {
    const lines = heads[i] as string[];
    write(lines, left(i) + size / 2, margin + top - gap - lines.length * line, label, 'center');
    if (name !== undefined) place(photo(name), left(i), margin);
  }
  for (const [i, { title, photo: name }] of rows.entries()) {
    if (name === undefined) {
      const lines = linesOf(title, side - gap, label);
      write(lines, margin, above(i) + (size - lines.length * line) / 2, label);
    } else {
      place(photo(name), margin, above(i));
      const words = note(name) === '' ? title : `${title}: ${note(name)}`;
      write(linesOf(words, side, text).slice(0, 1), margin + size / 2, above(i) + size + 6, text, 'center');
    }
    for (const j of columns.keys()) place(cell(i, j), left(j), above(i));
  }
  write(words, margin, margin + top + rows.length * step, text);
  return canvas;
}

export const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large for this browser'))),
      'image/png',
    );
  });

/** Saves it where the browser keeps what is loaded. */
export function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
