// Maps that do not use the input gradient, for comparison: Grad-CAM (Selvaraju et al. 2017), occlusion (Zeiler & Fergus 2014).
import type { RawMap } from './maps.js';

/** Whose score is looked at. */
export interface ScoreOptions {
  /** Class index or name; default: the top class. */
  target?: number | string;
  /** S_target - S_versus instead of S_target. */
  versus?: number | string;
}

/** A layer whose output is an image. */
export interface GradCamLayer {
  /** The ONNX node's. */
  name: string;
  /** Of the output: [C, H, W]. */
  shape: number[];
}

export interface GradCamOptions extends ScoreOptions {
  /** One of the model's gradCamLayers, by name; default: the last. */
  layer?: string;
}

/** Activations weighed by the mean of their gradient, where above 0, enlarged to the input. */
export interface GradCamMap extends RawMap {
  layer: string;
  target: number;
  versus?: number;
}

export interface OcclusionOptions extends ScoreOptions {
  /** Of the square, in pixels; default 32, or the input's shorter side. */
  size?: number;
  /** From one square to the next, in pixels, at most `size`; default: half of it. */
  stride?: number;
  /** What a square is replaced with: 'zero' (default; of the normalised input), 'black', 'blurred'. */
  baseline?: string;
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
