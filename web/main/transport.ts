// Play, pause, one more, restart; and how far it is.
import type { Progress, SmoothGradElement } from 'smoothgrad/element';
import { byId } from '../shared/dom.js';

export interface Transport {
  toggle(): void;
  step(): void;
  restart(): void;
  progressed(progress: Progress): void;
}

const playTitles = { running: 'Pause', paused: 'Play', done: 'Play again' } as const;

function countOf({ samples, goal, passes, state }: Progress): string {
  if (goal === 1) return passes > 1 ? `${passes} gradients, no noise` : 'One gradient, no averaging';
  const count = `${samples.toLocaleString('en')} of ${goal.toLocaleString('en')} samples`;
  return state === 'paused' ? `${count}, paused` : count;
}

export function createTransport(map: SmoothGradElement): Transport {
  const play = byId('play');
  const transport: Transport = {
    toggle() {
      if (map.state === 'done') transport.restart();
      else map.paused = !map.paused;
    },
    step: () => map.step(),
    restart() {
      map.paused = false;
      map.restart();
    },
    progressed(progress) {
      play.textContent = playTitles[progress.state];
      byId('count').textContent = countOf(progress);
    },
  };
  play.addEventListener('click', transport.toggle);
  byId('step').addEventListener('click', transport.step);
  byId('restart').addEventListener('click', transport.restart);
  return transport;
}
