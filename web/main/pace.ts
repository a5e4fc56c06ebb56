// Whether samples are being made: not while the user says so, nobody looks, the wished error is reached, layers
// are timed, a model's sheet is open, or another photo comes.
import type { LiveMap } from './live.js';

export type Reason = 'user' | 'hidden' | 'enough' | 'profile' | 'sheet' | 'photo';

export interface Pace {
  readonly paused: boolean;
  has(reason: Reason): boolean;
  set(reason: Reason, holds: boolean): void;
}

export function createPace(map: LiveMap): Pace {
  const reasons = new Set<Reason>();
  const pace: Pace = {
    get paused() {
      return reasons.size > 0;
    },
    has: (reason) => reasons.has(reason),
    set(reason, holds) {
      const before = reasons.size > 0;
      if (holds) reasons.add(reason);
      else reasons.delete(reason);
      if (before === reasons.size > 0) return;
      if (before) map.resume();
      else map.pause();
    },
  };
  const look = () => pace.set('hidden', document.hidden);
  document.addEventListener('visibilitychange', look);
  look();
  return pace;
}
