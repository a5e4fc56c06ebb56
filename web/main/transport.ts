// Play, pause, one more, go on, restart; and how far it is.
import type { Progress } from 'smoothgrad';
import { byId } from '../common/dom.js';
import type { LiveMap } from './live.js';
import type { Pace } from './pace.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

export interface Transport {
  toggle(): void;
  step(): void;
  progressed(progress: Progress): void;
}

const number = (value: number) => value.toLocaleString('en');

/** Pauses that are not the user's are over once the user goes on. */
const nextGoal = (goal: number) => (goal < 1000 ? Math.min(goal * 2, 1000) : goal * 2);

export function createTransport(store: Store, map: LiveMap, pace: Pace, restart: () => void): Transport {
  const play = byId('play');
  const count = byId('count');

  const countOf = ({ samples, goal, passes, state }: Progress) => {
    if (goal === 1 && samples <= 1) {
      if (!map.explanation) return 'One map, no averaging';
      return passes > 1 ? `${number(passes)} gradients, no noise` : 'One gradient, no averaging';
    }
    const unit = map.explanation ? 'samples' : 'squares';
    const words = `${number(samples)} of ${number(Math.max(goal, samples))} ${unit}`;
    if (state !== 'paused') return words;
    return pace.has('enough') ? `${words}, enough` : `${words}, paused`;
  };
  const playTitle = ({ state, goal }: Progress) => {
    if (state === 'done') return goal === 1 || !map.explanation ? 'Play again' : `Go on to ${number(nextGoal(goal))}`;
    return state === 'paused' ? 'Play' : 'Pause';
  };

  const transport: Transport = {
    toggle() {
      const progress = map.progress;
      if (progress?.state === 'done' && progress.goal > 1 && map.explanation)
        store.set({ samples: nextGoal(progress.goal) }, 'replace');
      else if (progress?.state === 'done') restart();
      else if (pace.has('enough')) store.set({ until: defaults.until });
      else pace.set('user', !pace.has('user'));
    },
    step() {
      if (map.progress?.state === 'running') pace.set('user', true);
      map.step();
    },
    progressed(progress) {
      play.textContent = playTitle(progress);
      count.textContent = countOf(progress);
    },
  };
  play.addEventListener('click', transport.toggle);
  byId('step').addEventListener('click', transport.step);
  byId('restart').addEventListener('click', restart);
  return transport;
}
