// What <smooth-grad> shows: its shadow tree and style. Knows nothing of engines; the element tells it what to show.
// Parts for the page's own style: map, poster, bar, message, retry, controls, toggle, caption.

import type { Progress } from '../api/index.js';
import { describe, type State } from './words.js';

const css = `
:host { display: inline-block; position: relative; inline-size: 320px; max-inline-size: 100%; aspect-ratio: 1; overflow: hidden;
  background: #17181b; color: #f4f4f5; font: 14px/1.4 system-ui, sans-serif; contain: content; }
:host([hidden]) { display: none; }
:host(:focus-visible) { outline: 2px solid #4c8dff; outline-offset: 2px; }
canvas, img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
canvas { opacity: 0; transition: opacity 160ms; }
img { filter: grayscale(1) brightness(.45); }
img:not([src]) { display: none; }
.drawn canvas { opacity: 1; }
slot { display: block; position: absolute; inset: 0; overflow: auto; }
.drawn slot { display: none; }
.frame { position: absolute; inset: 0; }
.frame.waiting:not(.drawn)::after { content: ''; position: absolute; inset: 0; animation: breathe 1.6s ease-in-out infinite alternate;
  background: linear-gradient(120deg, transparent 20%, rgb(255 255 255 / .12) 50%, transparent 80%); }
@keyframes breathe { from { opacity: .2 } to { opacity: 1 } }
.bar { position: absolute; inset: auto 0 0; block-size: 3px; transform-origin: left; transform: scaleX(0); background: #4c8dff;
  opacity: 0; transition: opacity 400ms; }
.running .bar { opacity: 1; }
.controls { position: absolute; inset: auto 0 0; display: flex; align-items: center; gap: 8px; padding: 6px 8px 9px;
  background: linear-gradient(transparent, rgb(0 0 0 / .75)); }
.message { position: absolute; inset: auto 8px 8px; padding: 10px 12px; border-radius: 8px; background: #fff4f2; color: #6d1109;
  box-shadow: 0 2px 12px rgb(0 0 0 / .4); overflow-wrap: anywhere; }
.message[hidden], .controls[hidden] { display: none; }
.caption { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
button { font: inherit; color: inherit; border: 1px solid currentColor; border-radius: 6px; background: none; padding: 3px 10px;
  cursor: pointer; }
.message button { margin-block-start: 8px; display: block; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { .frame.waiting:not(.drawn)::after { animation: none; } canvas, .bar { transition: none; } }
`;

let sheet: CSSStyleSheet | undefined;

function sharedSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, parent: Node): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  node.className = name;
  node.setAttribute('part', name);
  parent.appendChild(node);
  return node;
}

export interface ElementView {
  readonly canvas: HTMLCanvasElement;
  readonly toggle: HTMLButtonElement;
  readonly retry: HTMLButtonElement;
  /** What is shown until there is a map. */
  poster(address: string | undefined): void;
  draw(picture: { width: number; height: number; data: Uint8ClampedArray }): void;
  /** The state in words, on the bar and on the button; names of the classes by their index. */
  describe(
    state: State,
    alt: string | undefined,
    progress: Progress | undefined,
    names: readonly string[],
    hasControls: boolean,
  ): void;
  /** What went wrong, over the last map; undefined takes it away. */
  fail(message: string | undefined): void;
}

export function createView(root: ShadowRoot): ElementView {
  root.adoptedStyleSheets = [sharedSheet()];
  const frame = make('div', 'frame', root);
  const poster = make('img', 'poster', frame);
  poster.alt = '';
  // The message says what is wrong; a browser's sign of a broken picture says it less well.
  poster.addEventListener('error', () => poster.removeAttribute('src'));
  // Until there is a map.
  frame.append(document.createElement('slot'));
  const canvas = make('canvas', 'map', frame);
  canvas.setAttribute('role', 'img');
  const bar = make('div', 'bar', frame);
  const controls = make('div', 'controls', frame);
  const toggle = make('button', 'toggle', controls);
  const caption = make('span', 'caption', controls);
  const message = make('div', 'message', frame);
  message.setAttribute('role', 'alert');
  const words = document.createElement('span');
  message.append(words);
  const retry = make('button', 'retry', message);
  toggle.type = retry.type = 'button';
  retry.textContent = 'Try again';
  message.hidden = controls.hidden = true;
  const context = canvas.getContext('2d');

  return {
    canvas,
    toggle,
    retry,
    poster(address) {
      if (address) poster.src = address;
      else poster.removeAttribute('src');
    },
    draw({ width, height, data }) {
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      const picture = new ImageData(width, height);
      picture.data.set(data);
      context?.putImageData(picture, 0, 0);
      frame.classList.add('drawn');
    },
    describe(state, alt, progress, names, hasControls) {
      const { done = 0, goal = 0 } = progress ?? {};
      const words = describe(state, alt, progress, names);
      canvas.setAttribute('aria-label', words.label);
      caption.textContent = words.caption;
      frame.classList.toggle('waiting', state === 'loading' || state === 'running');
      frame.classList.toggle('running', state === 'running');
      bar.style.transform = `scaleX(${goal > 0 ? Math.min(done / goal, 1) : 0})`;
      controls.hidden = !hasControls;
      toggle.textContent = state === 'running' ? 'Pause' : 'Play';
    },
    fail(text) {
      message.hidden = text === undefined;
      words.textContent = text ?? '';
    },
  };
}
