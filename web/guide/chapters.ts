// Which figure is worked on: those near the window, of the latest scene; all of them before the page is printed.
import type { Scene } from './scene.js';
import type { State, Store } from './state.js';

export interface Figure {
  /** Its node. */
  box: Element;
  /** Values of the state that it has to begin anew for. */
  asks?: readonly (keyof State)[];
  /** Shows a scene; resolves once it is there. Is not asked twice for the same. */
  show(scene: Scene): Promise<void>;
}

export type Failed = (error: unknown) => void;

export interface Chapters {
  put(scene: Scene): void;
  /** Resolves when every figure shows the latest scene. */
  all(): Promise<void>;
}

/** How far off the window a figure begins, so that it is there when it is reached. */
const ahead = '240px';
/** A slider that is still being dragged keeps the figures that have to begin anew from doing so. */
const quietMs = 250;

export function createChapters(store: Store, figures: readonly Figure[], failed: Failed): Chapters {
  let latest: Scene | undefined;
  let arrived = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const near = new Set<Element>();
  const shown = new Map<Figure, { scene: Scene; asked: string; ready: Promise<void> }>();

  const show = (figure: Figure, scene: Scene): Promise<void> => {
    const before = shown.get(figure);
    const state = store.get();
    const asked = (figure.asks ?? []).map((key) => state[key]).join();
    if (before?.scene === scene && before.asked === asked) return before.ready;
    const ready = figure.show(scene).catch((error: unknown) => {
      // What another scene has replaced may have lost what it stood on.
      if (scene.current) failed(error);
    });
    shown.set(figure, { scene, asked, ready });
    return ready;
  };
  const update = () => {
    const scene = latest;
    if (scene) for (const figure of figures) if (near.has(figure.box)) void show(figure, scene);
  };
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) near[isIntersecting ? 'add' : 'delete'](target);
      update();
    },
    { rootMargin: ahead },
  );
  for (const { box } of figures) watch.observe(box);
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe((_, before) => {
    if (!before) return;
    clearTimeout(timer);
    timer = setTimeout(update, quietMs);
  });

  return {
    put(scene) {
      latest = scene;
      arrived();
      update();
    },
    async all() {
      await first;
      const scene = latest;
      if (scene) for (const figure of figures) await show(figure, scene);
    },
  };
}
