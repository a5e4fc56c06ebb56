// Play, pause, one more, go on, restart; and how far it is.
import { isSampled, type Progress } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { nameOf, text } from '../common/texts.js';
import type { LiveMap } from './live.js';
import type { Pace } from './pace.js';
import type { Store } from './store.js';

export interface Transport {
  toggle(): void;
  step(): void;
  progressed(progress: Progress): void;
  /** Not yet, or no longer: there is nothing to pause. */
  nothingRuns(): void;
}

/** Pauses that are not the user's are over once the user goes on. */
const nextGoal = (goal: number) => (goal < 1000 ? Math.min(goal * 2, 1000) : goal * 2);

interface Needs {
  restart: () => void;
  /** One more sample is about to be made. */
  stepping: () => void;
}

export function createTransport(store: Store, map: LiveMap, pace: Pace, { restart, stepping }: Needs): Transport {
  const play = byId<HTMLButtonElement>('play');
  const count = byId('count');

  const countOf = (progress: Progress) => {
    const { done, goal, unit, state } = progress;
    if (goal === 1 && done <= 1) {
      if (!isSampled(progress)) return text('count.map');
      const { passes } = progress;
      return passes > 1 ? text('count.gradients', { count: passes }) : text('count.gradient');
    }
    const words = text('count.of', { done, goal: Math.max(goal, done), unit: nameOf('unit', unit, unit) });
    if (state !== 'paused') return words;
    return text(pace.has('enough') ? 'count.enough' : 'count.paused', { count: words });
  };
  /** One map is no mean, and what is no mean does not go on. */
  const goesOn = (progress: Progress) => isSampled(progress) && progress.goal > 1;
  const playTitle = (progress: Progress) => {
    if (progress.state !== 'done') return text(progress.state === 'paused' ? 'play' : 'play.pause');
    return goesOn(progress) ? text('play.on', { goal: nextGoal(progress.goal) }) : text('play.again');
  };

  const transport: Transport = {
    toggle() {
      const progress = map.progress;
      if (progress?.state === 'done') {
        if (goesOn(progress)) store.set({ samples: nextGoal(progress.goal) }, 'replace');
        else restart();
      } else if (pace.has('enough')) store.set({ until: 'never' });
      else pace.set('user', !pace.has('user'));
    },
    step() {
      if (map.progress?.state === 'running') pace.set('user', true);
      stepping();
      map.step();
    },
    nothingRuns() {
      play.textContent = text('play');
      play.disabled = true;
    },
    progressed(progress) {
      play.disabled = false;
      play.textContent = playTitle(progress);
      count.textContent = countOf(progress);
    },
  };
  play.addEventListener('click', transport.toggle);
  byId('step').addEventListener('click', transport.step);
  byId('restart').addEventListener('click', restart);
  return transport;
}
