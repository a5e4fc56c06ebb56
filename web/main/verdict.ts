// Converged? In a sentence: what can be trusted now, and how long the next step takes.
import { fewestToDenoise, type Reliability, type SampledProgress } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { text } from '../common/texts.js';
import type { LiveMap } from './live.js';
import { isMean } from './options.js';
import type { Store } from './store.js';
import { enough, trustOf, trustWords } from './trust.js';

/** It takes the worker some hundredths of a second: not at every frame. */
const growth = 1.2;

export interface Verdict {
  begin(): void;
  progressed(progress: SampledProgress): void;
  /** Single pixels can be trusted. */
  readonly isReached: boolean;
}

/** `reached`: asked anew whether it is. */
export function createVerdict(store: Store, map: LiveMap, reached: () => void): Verdict {
  const words = byId('verdict');
  const why = byId('verdict-why');
  let last: Reliability | undefined;
  let asked = 0;

  function show(found: Reliability, { elapsedMs, goal }: SampledProgress) {
    words.textContent = trustWords(found, elapsedMs / Math.max(map.ownSamples, 1), goal).join(' ');
    const figure = (value: number) => value.toFixed(2);
    why.textContent = text('verdict.why', {
      shapes: figure(found.shapes),
      details: figure(found.details),
      pixels: figure(found.pixels),
      enough,
    });
  }

  async function ask(progress: SampledProgress) {
    asked = progress.samples;
    const { explanation } = map;
    const report = await explanation?.reliability().catch(() => undefined);
    if (!report || explanation !== map.explanation || report.samples <= (last?.samples ?? 0)) return;
    last = report;
    if (map.sampled) show(report, map.sampled);
    reached();
  }

  return {
    begin() {
      last = undefined;
      asked = 0;
      words.textContent = why.textContent = '';
    },
    progressed(progress) {
      const { samples, state } = progress;
      if (!map.engine || !isMean(store.get(), map.engine)) return;
      const isEarly = samples < fewestToDenoise;
      if (!last) words.textContent = isEarly ? text('verdict.early', { count: fewestToDenoise }) : '';
      const due = state === 'running' ? samples >= asked * growth : samples !== asked;
      if (due && !isEarly) void ask(progress);
    },
    get isReached() {
      return last !== undefined && trustOf(last).trusted.includes('pixels');
    },
  };
}
