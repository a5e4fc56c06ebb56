// From chapter to chapter by one key, as a projector wants it.

export interface Turner {
  /** To the next chapter, or with -1 to the one before. */
  turn(by: 1 | -1): void;
}

/** How far from the top of the window the chapter in view may begin. */
const slack = 8;

/** On a projector a chapter's second figure is a page of its own. */
const pages = () => (document.documentElement.hasAttribute('data-projector') ? '.chapter, .live ~ .live' : '.chapter');

/** The one with the focus, where it is in view; else the last that has begun. */
function chapterInView(chapters: readonly HTMLElement[]): number {
  const focused = chapters.findLastIndex((chapter) => chapter.contains(document.activeElement));
  const { top = 0, bottom = 0 } = chapters[focused]?.getBoundingClientRect() ?? {};
  if (focused >= 0 && bottom > 0 && top < innerHeight) return focused;
  return chapters.findLastIndex((chapter) => chapter.getBoundingClientRect().top < slack);
}

export function createTurner(): Turner {
  return {
    turn(by) {
      const chapters = [...document.querySelectorAll<HTMLElement>(pages())];
      const next = chapters[chapterInView(chapters) + by];
      // At once: keys may follow each other faster than a page scrolls.
      if (!next) return;
      next.tabIndex = -1;
      next.scrollIntoView({ behavior: 'instant' });
      next.focus({ preventScroll: true });
    },
  };
}
