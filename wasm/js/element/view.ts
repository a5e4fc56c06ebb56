// What <smooth-grad> shows: its shadow tree and style. Knows nothing of engines; the element tells it what to show.
// Parts and slots for the page's own style and words: surface.ts.

import type { SmoothGradError } from '../api/errors.js';
import type { Progress } from '../api/index.js';
import { sharedSheet } from './style.js';
import { textsFor } from './texts/texts.js';
import { describe, type State } from './words.js';

/** A place for what the page brings itself; what is in it stands there otherwise. */
function place(name: string, parent: Node, ...otherwise: Node[]): HTMLSlotElement {
  const slot = document.createElement('slot');
  if (name) slot.name = name;
  slot.append(...otherwise);
  parent.appendChild(slot);
  return slot;
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
  readonly key: HTMLElement;
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
  /** How much of the network has come, of 1. */
  loaded(share: number): void;
  /** What went wrong, over the last map; undefined takes it away. */
  fail(error: SmoothGradError | undefined): void;
}

export function createView(root: ShadowRoot): ElementView {
  root.adoptedStyleSheets = [sharedSheet()];
  const frame = make('div', 'frame', root);
  const poster = make('img', 'poster', frame);
  poster.alt = '';
  // The message says what is wrong; a browser's sign of a broken picture says it less well.
  poster.addEventListener('error', () => poster.removeAttribute('src'));
  // Until there is a map.
  place('', frame);
  const canvas = make('canvas', 'map', frame);
  canvas.setAttribute('role', 'img');
  const key = make('div', 'key', frame);
  const bar = make('div', 'bar', frame);
  const controls = make('div', 'controls', frame);
  const toggle = make('button', 'toggle', controls);
  const own = place('controls', controls);
  const words = document.createTextNode('');
  const caption = place('caption', make('span', 'caption', controls), words);
  const message = make('div', 'message', frame);
  message.setAttribute('role', 'alert');
  const reason = document.createElement('span');
  message.append(reason);
  const retry = make('button', 'retry', message);
  toggle.type = retry.type = 'button';
  message.hidden = controls.hidden = toggle.hidden = true;
  const context = canvas.getContext('2d');

  // What the page has put there is shown as it is, with or without controls.
  const show = () => {
    controls.hidden = toggle.hidden && own.assignedNodes().length + caption.assignedNodes().length === 0;
  };
  controls.addEventListener('slotchange', show);
  const fill = (share: number) => {
    bar.style.transform = `scaleX(${Math.min(share, 1)})`;
  };

  return {
    canvas,
    toggle,
    retry,
    key,
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
      const texts = textsFor(root.host);
      const said = describe(texts, state, alt, progress, names);
      canvas.setAttribute('aria-label', said.label);
      words.data = hasControls ? said.caption : '';
      frame.classList.toggle('waiting', state === 'loading' || state === 'running');
      frame.classList.toggle('running', state === 'running');
      // While its network comes, the bar says how much of it is there.
      if (state !== 'loading') frame.classList.remove('loading');
      if (!frame.classList.contains('loading')) fill(goal > 0 ? done / goal : 0);
      toggle.hidden = !hasControls;
      show();
      toggle.textContent = state === 'running' ? texts.pause : texts.play;
    },
    loaded(share) {
      frame.classList.toggle('loading', share < 1);
      fill(share);
    },
    fail(error) {
      const texts = textsFor(root.host);
      message.hidden = error === undefined;
      reason.textContent = error ? texts.failed(error.code, error.message) : '';
      retry.textContent = texts.retry;
    },
  };
}
