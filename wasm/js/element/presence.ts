// Whether a <smooth-grad> is to be computed for: it is near the viewport, is shown at all, and its tab is looked at. One observer for
// all of a page.

/** How far outside of the viewport is near, in heights and widths of it. */
const margin = 0.5;

const watched = new WeakMap<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | undefined;

function pageObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      // Of several of one element the last one holds.
      for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
    },
    { rootMargin: `${100 * margin}%` },
  );
  return observer;
}

/** Whether what is around it may hide it: then only the observer knows. */
function mayBeClipped(element: Element): boolean {
  if (element.getRootNode() !== document || globalThis.top !== globalThis.self) return true;
  const { body, documentElement } = document;
  for (let box = element.parentElement; box && box !== body && box !== documentElement; box = box.parentElement) {
    if (getComputedStyle(box).overflow !== 'visible') return true;
  }
  return false;
}

/** For sure, now: the observer's first word comes with a frame, which while a page is loading waits for all sorts of things. */
function isNearNow(element: Element): boolean {
  if (!element.checkVisibility?.() || mayBeClipped(element)) return false;
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const [high, wide] = [innerHeight, innerWidth];
  return bottom >= -margin * high && top <= (1 + margin) * high && right >= -margin * wide && left <= (1 + margin) * wide;
}

export class Presence {
  readonly #element: Element;
  readonly #changed: () => unknown;
  #isNear = false;
  #isThere = false;

  /** `changed`: it is seen now, or no longer. */
  constructor(element: Element, changed: () => unknown) {
    this.#element = element;
    this.#changed = changed;
  }

  /** From being put into a document until it was taken out; a move is neither. */
  get isThere(): boolean {
    return this.#isThere;
  }

  get isSeen(): boolean {
    return this.#isNear && !document.hidden;
  }

  /** It was put into a document; false when it has only been moved. */
  enter(): boolean {
    watched.set(this.#element, (isNear) => {
      if (isNear === this.#isNear) return;
      this.#isNear = isNear;
      this.#changed();
    });
    pageObserver().observe(this.#element);
    document.addEventListener('visibilitychange', this.#changed);
    const isNew = !this.#isThere;
    this.#isThere = true;
    if (isNew) this.#isNear = isNearNow(this.#element);
    return isNew;
  }

  /** It was taken out: `gone` is called unless it is put in elsewhere at once. */
  leave(gone: () => void): void {
    pageObserver().unobserve(this.#element);
    document.removeEventListener('visibilitychange', this.#changed);
    queueMicrotask(() => {
      if (this.#element.isConnected || !this.#isThere) return;
      this.#isThere = this.#isNear = false;
      gone();
    });
  }
}
