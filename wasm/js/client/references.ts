// Grad-CAM and occlusion by themselves: runs of their methods, in short.

import { SmoothGradError } from '../api/errors.js';
import type {
  ExplainOptions,
  Explanation,
  GradCamLayer,
  GradCamMap,
  GradCamOptions,
  OcclusionOptions,
  OcclusionProgress,
  Progress,
  Tables,
} from '../api/index.js';
import { checkKnown } from '../options/check_values.js';
import { ownOptionsOf } from '../options/kinds.js';
import { follow } from './follow.js';

type Begin = (options: ExplainOptions & { method: 'grad-cam' | 'occlusion' }) => Explanation<Progress>;

const classesOf = ({ target, versus }: Progress) => ({ target, ...(versus === undefined ? {} : { versus }) });

export async function gradCam(
  begin: Begin,
  layers: readonly GradCamLayer[],
  tables: Tables,
  options: GradCamOptions,
): Promise<GradCamMap> {
  checkKnown(options, ownOptionsOf('grad-cam', tables));
  const run = begin({ ...options, method: 'grad-cam' });
  const last = await follow(run);
  run.cancel();
  if (!last) throw new SmoothGradError('closed', 'this model has been closed');
  const { width, height, map } = last;
  return { width, height, map, signed: false, ...classesOf(last), layer: options.layer ?? (layers.at(-1)?.name as string) };
}

/** Throws at once what is wrong with the options. */
export function occlusion(begin: Begin, tables: Tables, options: OcclusionOptions): AsyncIterable<OcclusionProgress> {
  checkKnown(options, [...ownOptionsOf('occlusion', tables), 'signal']);
  const run = begin({ ...options, method: 'occlusion' });
  return squaresOf(run);
}

async function* squaresOf(run: Explanation<Progress>): AsyncGenerator<OcclusionProgress, void> {
  try {
    for await (const progress of run) {
      const { state, done, goal, width, height, map } = progress;
      yield {
        state: state === 'done' ? state : 'running',
        squares: done,
        goal,
        ...classesOf(progress),
        width,
        height,
        map,
        signed: true,
      };
      if (state === 'done') return;
    }
    throw new SmoothGradError('closed', 'this occlusion has been closed');
  } finally {
    run.cancel();
  }
}
