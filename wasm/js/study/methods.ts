// Gradient, Integrated Gradients and Guided BackProp, each plain and under SmoothGrad, at equal numbers of gradient evaluations
// (a plain gradient or Guided BackProp has nothing to spend more than one on).

import type { Picture, RawMap } from '../api/index.js';
import { watch } from '../cli/terminal.js';

import { type PerturbationAreas, perturbationAreas } from './perturbation.js';
import type { NoiseFigures } from './rq1.js';
import type { Session, StudyPhoto } from './session.js';
import { antithetic, noise } from './sizes.js';
import { at, viewOf } from './trace.js';

export interface MethodMap {
  name: string;
  title: string;
  samples: number;
  steps: number;
  evaluations: number;
  map: RawMap;
  drawn: Picture;
}

interface Row {
  name: string;
  spend: (evaluations: number) => { samples: number; steps: number };
}

const once = () => ({ samples: 1, steps: 1 });
const onSamples = (samples: number) => ({ samples, steps: 1 });
const onSteps = (steps: number) => ({ samples: 1, steps });
const onBoth = (evaluations: number) => ({ samples: Math.sqrt(evaluations), steps: Math.sqrt(evaluations) });

/** The grid of RQ4: each base with its SmoothGrad twin. */
export const grid = [
  { base: 'gradient', smooth: 'smoothgrad' },
  { base: 'integrated-gradients', smooth: 'smoothgrad-integrated-gradients' },
  { base: 'guided-backprop', smooth: 'smoothgrad-guided-backprop' },
] as const;

const computed: readonly Row[] = [
  { name: 'gradient', spend: once },
  { name: 'integrated-gradients', spend: onSteps },
  { name: 'smoothgrad-integrated-gradients', spend: onBoth },
  { name: 'guided-backprop', spend: once },
  { name: 'smoothgrad-guided-backprop', spend: onSamples },
];

export async function mapByMethod(session: Session, photo: StudyPhoto): Promise<MethodMap[]> {
  const { evaluations } = session.sizes;
  const titleOf = (method: string) => session.engine.methods.find(({ name }) => name === method)?.title ?? method;
  const smooth = at(await session.trajectory(photo), evaluations);
  const maps: MethodMap[] = [
    {
      name: 'smoothgrad',
      title: titleOf('smoothgrad'),
      samples: evaluations,
      steps: 1,
      evaluations,
      map: viewOf(smooth, 'plain', 0),
      drawn: smooth.drawn.plain,
    },
  ];
  for (const { name, spend } of computed) {
    const { samples, steps } = spend(evaluations);
    const settings = { method: name, target: photo.target.index, seed: session.seed, noise, antithetic, samples, steps };
    const run = session.model.explain(photo.prepared, settings);
    await watch(`${photo.name}, ${name}`, run);
    maps.push({
      name,
      title: titleOf(name),
      samples,
      steps,
      evaluations: samples * steps,
      map: await run.map(),
      drawn: await run.render(),
    });
    run.cancel();
  }
  return maps;
}

export type MapFigures = NoiseFigures & PerturbationAreas;
export type MethodFigures = Omit<MethodMap, 'map' | 'drawn'> & { figures: MapFigures };

/** RQ1's and RQ3's measures of one map. */
export async function figuresOf(session: Session, photo: StudyPhoto, map: RawMap): Promise<MapFigures> {
  const { totalVariation, highFrequencyShare } = await session.engine.measure(map);
  return { totalVariation, highFrequencyShare, ...(await perturbationAreas(session, photo, map)) };
}

export async function figuresByMethod(session: Session, photo: StudyPhoto): Promise<MethodFigures[]> {
  const rows = [];
  for (const { map, drawn: _, ...method } of await session.methodMaps(photo)) {
    rows.push({ ...method, figures: await figuresOf(session, photo, map) });
  }
  return rows;
}
