// Figures of a photo's explanation that are computed where they are asked for, a row each.

import { badOption } from '../../api/errors.js';
import type { Engine, Explanation, Model, PreparedPhoto, Progress } from '../../api/index.js';
import { photoFigures } from '../../study/dataset/photo_figures.js';
import { finite } from '../report.js';

interface Subject {
  engine: Engine;
  model: Model;
  photo: PreparedPhoto;
  /** Where another photo is, for what needs two. */
  beside: string | undefined;
  seed: number;
  run: Explanation<Progress>;
  last: Progress;
}

type Measure = (subject: Subject) => Promise<Record<string, number>>;

const measures: Readonly<Record<string, Measure>> = {
  agreement: async ({ run }) => ({ agreement: await run.agreement() }),
  'signal-to-noise': async ({ run }) => ({ signalToNoise: await run.signalToNoise() }),
  reliability: async ({ run }) => {
    const { shapes, details, pixels } = await run.reliability();
    return { shapes, details, pixels };
  },
  'visual-noise': async ({ engine, last }) => {
    const { totalVariation, highFrequencyShare } = await engine.measure(last);
    return { totalVariation, highFrequencyShare };
  },
  perturbation: async ({ model, photo, last }) => {
    const { deletion, insertion } = await model.perturb(photo, last, { target: last.target });
    return { deletion: deletion.area, insertion: insertion.area };
  },
  async study({ engine, model, photo, beside, seed }) {
    // A neighbour that is broken is named by its own line; this photo's figures of pairs are left out.
    const other = beside === undefined ? undefined : await model.prepare(beside).catch(() => undefined);
    try {
      return await photoFigures({ engine, model, photo, seed, beside: other });
    } finally {
      other?.close();
    }
  },
};

export const measureNames = Object.keys(measures);

/** From what was typed: names with commas between. */
export function measuresOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !Object.hasOwn(measures, name));
  if (wrong === undefined) return measureNames.filter((name) => names.includes(name));
  throw badOption(`--measures must be some of ${measureNames.join(',')}, with commas between, not "${wrong}"`);
}

export async function measure(names: readonly string[], subject: Subject): Promise<Record<string, number | null>> {
  const figures: Record<string, number | null> = {};
  for (const name of names) {
    for (const [figure, value] of Object.entries((await measures[name]?.(subject)) ?? {})) figures[figure] = finite(value);
  }
  return figures;
}
