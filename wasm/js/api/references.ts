// Grad-CAM (Selvaraju et al. 2017) and occlusion (Zeiler & Fergus 2014) by themselves: short forms of explain(), whose methods they are.
import type { RawMap } from './maps.js';
import type { RunOptions } from './options.js';

/** A layer whose output is an image, or the tokens of one side by side. */
export interface GradCamLayer {
  /** The ONNX node's. */
  name: string;
  /** Of the output: [C, H, W]. */
  shape: number[];
}

export interface GradCamOptions extends Pick<RunOptions, 'target' | 'versus' | 'layer'> {}

/** Activations weighed by the mean of their gradient, where above 0, enlarged to the input. */
export interface GradCamMap extends RawMap {
  layer: string;
  target: number;
  versus?: number;
}

export interface OcclusionOptions extends Pick<RunOptions, 'target' | 'versus' | 'baseline' | 'size' | 'stride'> {
  /** Ends it; the iteration throws the signal's reason. */
  signal?: AbortSignal;
}

/** How much the score falls without each pixel: the mean over the squares so far that cover it, 0 where there is none. */
export interface OcclusionProgress extends RawMap {
  state: 'running' | 'done';
  /** So far. */
  squares: number;
  goal: number;
  target: number;
  versus?: number;
}
