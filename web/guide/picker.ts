// The pixel that is followed: chosen on a picture by pointer or arrow keys, marked on all pictures that have a mark.
import { byId } from '../common/dom.js';
import { brightest, pixelAt } from '../common/tensors.js';
import type { Scene } from './scene.js';
import type { State, Store } from './state.js';

/** Of the picture's width. */
const stride = 1 / 56;

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** As shares of the picture. */
export function placeOf({ x, y }: Pick<State, 'x' | 'y'>, scene: Scene): { x: number; y: number } {
  return x === undefined || y === undefined ? brightest(scene.map) : { x, y };
}

export const pixelOf = (state: State, scene: Scene): number => {
  const { x, y } = placeOf(state, scene);
  return pixelAt(scene.input.shape, x, y);
};

/** `#<id>` lies over a picture. */
export function createPicker(store: Store, id: string) {
  const box = byId(id);
  let scene: Scene | undefined;
  const mark = () => {
    if (!scene) return;
    const { x, y } = placeOf(store.get(), scene);
    box.style.setProperty('--x', `${x * 100}%`);
    box.style.setProperty('--y', `${y * 100}%`);
  };
  const choose = (x: number, y: number) => {
    const within = (value: number) => Math.min(Math.max(value, 0), 1);
    store.set({ x: Number(within(x).toFixed(4)), y: Number(within(y).toFixed(4)) }, 'replace');
  };
  const point = (event: PointerEvent) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    choose((event.clientX - left) / width, (event.clientY - top) / height);
  };
  box.addEventListener('click', (event) => point(event as PointerEvent));
  box.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse' && event.buttons === 1) point(event);
  });
  box.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (!step || !scene) return;
    event.preventDefault();
    const { x, y } = placeOf(store.get(), scene);
    const far = event.shiftKey ? 4 : 1;
    choose(x + step[0] * far * stride, y + step[1] * far * stride);
  });
  store.subscribe(mark);
  return {
    show(next: Scene) {
      scene = next;
      mark();
    },
  };
}
