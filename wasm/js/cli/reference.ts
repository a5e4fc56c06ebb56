// Maps to compare with: Grad-CAM and occlusion.

import { badOption, SmoothGradError } from '../api/errors.js';
import type { Engine, GradCamMap, Model, OcclusionProgress } from '../api/index.js';
import { dashed, given } from './arguments.js';
import { drawing, type ExplainCommand, type Outcome } from './explain_command.js';
import { progressBar } from './terminal.js';

/** Options of the command line that only one of them has. */
export const referenceOnly = { layer: 'grad-cam', size: 'occlusion', stride: 'occlusion' } as const;

const score = ['target', 'versus'] as const;
const whatever = ['model', 'randomisedLayers', 'randomisationSeed', 'threads', 'method', 'json', ...score] as const;
const pictures = ['output', 'view', 'colours', 'percentile', 'raw'] as const;
const own: Record<string, readonly string[]> = { 'grad-cam': ['layer'], occlusion: ['size', 'stride', 'baseline'] };

/** Options of sampling mean nothing here: they must not be ignored in silence. */
function check(command: ExplainCommand, method: string): void {
  const known: readonly string[] = [...whatever, ...pictures, ...(own[method] ?? [])];
  const other = Object.keys(command).find((option) => !known.includes(option));
  if (other !== undefined) throw badOption(`${dashed(other)} is not for method ${method}`);
}

const gradCam = (model: Model, photo: string, command: ExplainCommand): Promise<GradCamMap> =>
  model.gradCam(photo, given(command, ...score, 'layer'));

async function occlusion(model: Model, photo: string, command: ExplainCommand): Promise<OcclusionProgress> {
  const bar = progressBar(photo);
  let last: OcclusionProgress | undefined;
  try {
    for await (last of model.occlusion(photo, given(command, ...score, 'size', 'stride', 'baseline'))) {
      bar.update(last.squares, last.goal);
    }
  } finally {
    bar.stop();
  }
  if (!last) throw new SmoothGradError('closed', `${photo}: nothing was occluded`);
  return last;
}

export function referenceMap(engine: Engine, command: ExplainCommand) {
  const { method = '' } = command;
  check(command, method);
  return async (model: Model, photo: string): Promise<Outcome> => {
    const begin = performance.now();
    const map = await (method === 'grad-cam' ? gradCam : occlusion)(model, photo, command);
    const elapsedMs = performance.now() - begin;
    const { pixels } = await model.prepare(photo);
    const settings =
      'layer' in map ? { layer: map.layer } : { squares: map.squares, ...given(command, 'size', 'stride', 'baseline') };
    const how = 'layer' in map ? `Grad-CAM at ${map.layer}` : `occlusion by ${map.squares} squares`;
    return {
      ...map,
      map,
      draw: (view) => engine.renderMap(map, { photo: pixels, view, ...drawing(command) }),
      figures: { ...settings, elapsedMs: Math.round(elapsedMs) },
      words: [how, `${(elapsedMs / 1000).toFixed(1)} s`],
    };
  };
}
