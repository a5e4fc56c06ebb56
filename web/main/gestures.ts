// Pointers on the stage: one drags the divide or, when it is enlarged, the picture; two pinch; the wheel zooms.
import { byId } from '../common/dom.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';
import type { Point, Zoom } from './zoom.js';

/** This near the divide, in CSS pixels, it is what is meant. */
const near = 24;

/** So far, in CSS pixels, a finger goes before it is known whether it moves the divide or the page. */
const slop = 6;

export function createGestures(store: Store, zoom: Zoom) {
  const box = byId('two-up');
  const divide = byId('divide');
  const pointers = new Map<number, Point>();
  let dividing = false;
  /** Where a finger came down that may mean the divide: it does once it goes sideways, or lifts where it is. */
  let undecided: Point | undefined;

  const at = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top, width, height } = box.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const meansDivide = ({ x }: Point) => {
    const state = store.get();
    if (state.view !== twoUp.name) return false;
    return state.zoom <= 1 || Math.abs(x - state.divide / 100) * box.clientWidth < near;
  };
  const divideAt = ({ x }: Point) => store.set({ divide: Math.round(Math.min(Math.max(x, 0), 1) * 1000) / 10 }, 'replace');

  box.addEventListener('pointerdown', (event) => {
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (onButton || event.button !== 0) return;
    const point = at(event);
    pointers.set(event.pointerId, point);
    box.setPointerCapture(event.pointerId);
    const means = pointers.size === 1 && meansDivide(point);
    const isFinger = event.pointerType === 'touch';
    undecided = means && isFinger ? point : undefined;
    dividing = means && !isFinger;
    if (dividing) {
      divideAt(point);
      event.preventDefault();
    }
    box.classList.toggle('panning', !dividing && store.get().zoom > 1);
  });

  box.addEventListener('pointermove', (event) => {
    const point = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      box.classList.toggle('dividing', meansDivide(point) && event.pointerType === 'mouse');
      return;
    }
    pointers.set(event.pointerId, point);
    const moved = { x: point.x - before.x, y: point.y - before.y };
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (undecided && !other) {
      const sideways = Math.abs(point.x - undecided.x) * box.clientWidth;
      const along = Math.abs(point.y - undecided.y) * box.clientHeight;
      dividing = sideways > slop && sideways > along;
      if (!dividing) return;
      undecided = undefined;
    }
    if (other) pinch(before, point, other);
    else if (dividing) divideAt(point);
    else zoom.pan(moved);
  });

  function pinch(before: Point, after: Point, other: Point) {
    const apart = (point: Point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 0.01);
    zoom.pan({ x: (after.x - before.x) / 2, y: (after.y - before.y) / 2 });
    zoom.by(apart(after) / apart(before), { x: (after.x + other.x) / 2, y: (after.y + other.y) / 2 });
  }

  const end = ({ pointerId, type }: PointerEvent) => {
    pointers.delete(pointerId);
    // The browser takes a finger away when it pans the page.
    if (undecided && type === 'pointerup') {
      divideAt(undecided);
      dividing = true;
    }
    undecided = undefined;
    if (pointers.size > 0) return;
    // Whoever dragged it may go on by the arrow keys.
    if (dividing) divide.focus({ preventScroll: true });
    dividing = false;
    box.classList.remove('panning');
  };
  box.addEventListener('pointerup', end);
  box.addEventListener('pointercancel', end);
  box.addEventListener('dblclick', (event) => !meansDivide(at(event)) && zoom.by(2, at(event)));

  box.addEventListener(
    'wheel',
    (event) => {
      // The page scrolls where there is nothing to zoom out of, and back up to its top.
      const whole = store.get().zoom <= 1;
      if (!event.ctrlKey && whole && (event.deltaY > 0 || scrollY > 0)) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      zoom.by(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), at(event));
    },
    { passive: false },
  );
}
