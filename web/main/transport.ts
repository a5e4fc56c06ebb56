// Play, pause, one more, go on, restart; and how far it is.
import { isSampled, type Progress } from 'smoothgrad';
import { byId } from '../common/dom.js';
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

const number = (value: number) => value.toLocaleString('en');

/** Pauses that are not the user's are over once the user goes on. */
const nextGoal = (goal: number) => (goal < 1000 ? Math.min(goal * 2, 1000) : goal * 2);

export function createTransport(store: Store, map: LiveMap, pace: Pace, restart: () => void): Transport {
  const play = byId<HTMLButtonElement>('play');
  const count = byId('count');

  const countOf = (progress: Progress) => {
    const { done, goal, unit, state } = progress;
    if (goal === 1 && done <= 1) {
      if (!isSampled(progress)) return 'One map, no averaging';
      const { passes } = progress;
      return passes > 1 ? `${number(passes)} gradients, no noise` : 'One gradient, no averaging';
    }
    const words = `${number(done)} of ${number(Math.max(goal, done))} ${unit}`;
    if (state !== 'paused') return words;
    return pace.has('enough') ? `${words}, enough` : `${words}, paused`;
  };
  /** One map is no mean, and what is no mean does not go on. */
  const goesOn = (progress: Progress) => isSampled(progress) && progress.goal > 1;
  const playTitle = (progress: Progress) => {
    if (progress.state !== 'done') return progress.state === 'paused' ? 'Play' : 'Pause';
    return goesOn(progress) ? `Go on to ${number(nextGoal(progress.goal))}` : 'Play again';
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
      map.step();
    },
    nothingRuns() {
      play.textContent = 'Play';
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
