// A story told: the bar below with what to say and what to ask, and the figures as the step wants them.
import { byId, make } from '../common/dom.js';
import { text } from '../common/texts.js';
import type { Store } from './state.js';
import { stories } from './stories.js';

/** The figure of a step to the top of the window, above the bar. */
function look(at: string) {
  const place = byId(at);
  (place.querySelector('.live') ?? place.closest('.live') ?? place).scrollIntoView({ behavior: 'instant' });
}

export function createStoryBar(store: Store) {
  const bar = byId('story');
  const [back, next] = [byId<HTMLButtonElement>('story-back'), byId<HTMLButtonElement>('story-next')];

  const go = (story: string, step: number) => {
    const { at, set } = stories[story]?.steps[step - 1] ?? {};
    if (!at) return;
    store.set({ ...set, story, step });
    look(at);
  };
  const leave = () => {
    const { story } = store.get();
    store.set({ story: '', step: 1 });
    byId(`story-${story}`).focus();
  };
  back.addEventListener('click', () => go(store.get().story, store.get().step - 1));
  next.addEventListener('click', () => {
    const { story, step } = store.get();
    if (step === stories[story]?.steps.length) leave();
    else go(story, step + 1);
  });
  byId('story-leave').addEventListener('click', leave);
  byId('stories').append(
    ...Object.entries(stories).map(([name, { title, about, steps }]) => {
      const start = make('button', { type: 'button', id: `story-${name}`, textContent: text('story.tell') });
      start.setAttribute('aria-label', text('story.tell.label', { title }));
      start.addEventListener('click', () => {
        go(name, 1);
        next.focus({ preventScroll: true });
      });
      const count = make('p', { className: 'hint', textContent: text('story.length', { count: steps.length }) });
      return make('li', {}, make('h3', { textContent: title }), make('p', { textContent: about }), count, start);
    }),
  );
  let shown = '';
  store.subscribe(({ story, step }, before) => {
    const told = stories[story];
    const now = told?.steps[step - 1];
    bar.hidden = now === undefined;
    document.documentElement.toggleAttribute('data-story', now !== undefined);
    if (!told || !now) {
      shown = '';
      return;
    }
    byId('story-title').textContent = text('story.step', { title: told.title, step, steps: told.steps.length });
    byId('story-say').textContent = now.say;
    byId('story-ask').textContent = now.ask;
    back.disabled = step === 1;
    next.textContent = text(step === told.steps.length ? 'story.end' : 'story.next');
    // A link to a step begins there; so does the browser's way back.
    const name = `${story} ${step}`;
    if (shown !== name && (before === undefined || before.story !== '')) look(now.at);
    shown = name;
  });
}
