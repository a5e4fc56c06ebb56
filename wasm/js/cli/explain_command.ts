// The options of `smoothgrad explain` as they are typed, and what it finds for one photo, by whatever method.
import type { ExplainOptions, GradCamOptions, OcclusionOptions, Picture, RawMap } from '../api/index.js';
import { given } from './arguments.js';

export interface ExplainCommand
  extends Omit<ExplainOptions, 'until' | 'paused' | 'signal'>,
    Pick<GradCamOptions, 'layer'>,
    Pick<OcclusionOptions, 'size' | 'stride'> {
  model: string;
  randomisedLayers?: number;
  randomisationSeed?: number | bigint;
  threads?: number;
  output?: string;
  view: string;
  colours?: string;
  percentile?: number;
  untilError?: number;
  untilMs?: number;
  raw?: string;
  attribution?: string;
  save?: string;
  merge?: string[];
  json?: true;
}

/** What one photo gave. */
export interface Outcome {
  target: number;
  versus?: number;
  map: RawMap;
  /** One view of it. */
  draw(view: string): Promise<Picture>;
  /** For the line of JSON. */
  figures: object;
  /** For people. */
  words: string[];
}

/** Of one photo: saved runs to add, and where more than the picture goes. */
export interface Extras {
  saved: readonly { path: string; bytes: Uint8Array }[];
  attribution: string | undefined;
  save: string | undefined;
}

export const drawing = (command: ExplainCommand) => given(command, 'colours', 'percentile');
