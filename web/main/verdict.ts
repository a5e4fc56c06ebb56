// Converged? In a sentence: what can be trusted now, and how long the next step takes.
import { type Engine, fewestToDenoise, type Reliability, type SampledProgress } from 'smoothgrad';
import { byId } from '../common/dom.js';
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

  function show({ samples, ownSamples, elapsedMs, goal }: SampledProgress & { ownSamples: number }) {
    const isEarly = samples < fewestToDenoise;
    words.textContent = last
      ? trustWords(last, elapsedMs / Math.max(ownSamples, 1), goal).join(' ')
      : isEarly
        ? `After ${fewestToDenoise} samples it says what can be trusted.`
        : '';
    const figure = (value: number) => value.toFixed(2);
    why.textContent = last
      ? `Expected correlation with the map of endless samples: large shapes ${figure(last.shapes)}, details ` +
        `${figure(last.details)}, single pixels ${figure(last.pixels)}; trusted from ${enough} on.`
      : '';
  }

  const isFor = (engine: Engine | undefined): engine is Engine => engine !== undefined && isMean(store.get(), engine);

  async function ask(progress: SampledProgress) {
    asked = progress.samples;
    const { explanation } = map;
    const report = await explanation?.reliability().catch(() => undefined);
    if (!report || explanation !== map.explanation || report.samples <= (last?.samples ?? 0)) return;
    last = report;
    if (map.sampled) show({ ...map.sampled, ownSamples: map.ownSamples });
    reached();
  }

  return {
    begin() {
      last = undefined;
      asked = 0;
      words.textContent = why.textContent = '';
    },
    progressed(progress) {
      if (!isFor(map.engine)) return;
      if (!last) show({ ...progress, ownSamples: map.ownSamples });
      const due = progress.state === 'running' ? progress.samples >= asked * growth : progress.samples !== asked;
      if (due && progress.samples >= fewestToDenoise) void ask(progress);
    },
    get isReached() {
      return last !== undefined && trustOf(last).trusted.includes('pixels');
    },
  };
}
