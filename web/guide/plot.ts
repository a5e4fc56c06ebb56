// A small chart as SVG, redrawn as a whole: lines, bands, dots, and words at their places. Colours are classes of guide_plot.css.

export type Point = readonly [x: number, y: number];

export type Layer =
  | { kind: 'line' | 'dots'; name: string; points: readonly Point[] }
  | { kind: 'band'; name: string; upper: readonly Point[]; lower: readonly Point[] }
  /** Across the whole chart, upright or level. */
  | { kind: 'rule'; name: string; x?: number; y?: number }
  | { kind: 'words'; name: string; at: Point; text: string; anchor?: 'start' | 'middle' | 'end' };

export interface Drawing {
  x: readonly [number, number];
  y: readonly [number, number];
  layers: readonly Layer[];
}

interface Scales {
  x: (value: number) => number;
  y: (value: number) => number;
  width: number;
  height: number;
}

const px = (value: number) => value.toFixed(1);

export const toPath = (points: readonly Point[], { x, y }: Pick<Scales, 'x' | 'y'>) =>
  points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(x(a))} ${px(y(b))}`).join('');

/** Values to pixels, `margin` of them left free above and below. */
export function makeScales({ x, y }: Pick<Drawing, 'x' | 'y'>, width: number, height: number, margin: number): Scales {
  const scale = ([from, to]: readonly [number, number], begin: number, end: number) => {
    const span = to - from || 1;
    return (value: number) => begin + ((value - from) / span) * (end - begin);
  };
  return { x: scale(x, 6, width - 6), y: scale(y, height - margin, margin), width, height };
}

/** As far below zero as above it. */
export function around(values: readonly number[]): [number, number] {
  const most = Math.max(Number.MIN_VALUE, ...values.map(Math.abs)) * 1.15;
  return [-most, most];
}

/** Around the values, 0 among them. */
export function span(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const room = (high - low || 1) * 0.06;
  return [low - room, high + room];
}

function node<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string | number>, text = '') {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.textContent = text;
  return made;
}

function draw(layer: Layer, scales: Scales): SVGElement[] {
  const { x, y, width, height } = scales;
  switch (layer.kind) {
    case 'line':
      return [node('path', { class: `line ${layer.name}`, d: toPath(layer.points, scales) })];
    case 'dots':
      return layer.points.map(([a, b]) => node('circle', { class: `dot ${layer.name}`, cx: px(x(a)), cy: px(y(b)), r: 3.5 }));
    case 'band': {
      if (layer.upper.length === 0) return [];
      const back = layer.lower.toReversed();
      return [node('path', { class: `band ${layer.name}`, d: `${toPath([...layer.upper, ...back], scales)}Z` })];
    }
    case 'rule': {
      const path = layer.x === undefined ? `M0 ${px(y(layer.y ?? 0))}H${width}` : `M${px(x(layer.x))} 0V${height}`;
      return [node('path', { class: `rule ${layer.name}`, d: path })];
    }
    case 'words': {
      const [a, b] = layer.at;
      const place = { x: px(x(a)), y: px(y(b)), 'text-anchor': layer.anchor ?? 'start' };
      return [node('text', { class: layer.name, ...place }, layer.text)];
    }
  }
}

export interface Plot {
  draw(drawing: Drawing): void;
}

/** In a box that decides its size, which may change. */
export function createPlot(box: HTMLElement): Plot {
  const svg = node('svg', { 'aria-hidden': 'true' });
  box.append(svg);
  let latest: Drawing | undefined;
  const redraw = () => {
    const { clientWidth: width, clientHeight: height } = box;
    if (!latest || width === 0) return;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const scales = makeScales(latest, width, height, 14);
    svg.replaceChildren(...latest.layers.flatMap((layer) => draw(layer, scales)));
  };
  new ResizeObserver(redraw).observe(box);
  return {
    draw(drawing) {
      latest = drawing;
      redraw();
    },
  };
}
