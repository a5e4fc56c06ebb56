// What <smooth-grad> has beside its attributes, for its documentation: a test holds it against the class.
import type { SmoothGradError } from '../api/errors.js';
import type { ClassScore, Progress } from '../api/index.js';

/** What it sends. */
export interface SmoothGradEvents {
  progress: CustomEvent<Progress>;
  drawn: CustomEvent<Progress>;
  classified: CustomEvent<readonly ClassScore[]>;
  done: CustomEvent<Progress>;
  error: CustomEvent<SmoothGradError>;
}

/** Its events as a framework's template writes them: onprogress, on:progress, or (`Capital`) onProgress. */
export type SmoothGradListeners<Prefix extends string, Capital extends boolean = false> = {
  [K in keyof SmoothGradEvents as `${Prefix}${Capital extends true ? Capitalize<K> : K}`]?:
    | ((event: SmoothGradEvents[K]) => unknown)
    | undefined;
};

export const properties = {
  photo: {
    type: 'Photo | RawTensor | undefined',
    help: 'in place of src: a Blob, an ImageBitmap, RGBA pixels, a tensor, what prepare() gave',
  },
  network: {
    type: '{ engine: Engine; model: Model } | undefined',
    help: 'in place of model: one that the page has loaded itself',
  },
  state: { type: "'empty' | 'loading' | 'running' | 'paused' | 'done' | 'error'", help: 'of what is shown' },
  progress: { type: 'Progress | undefined', help: 'the latest figures' },
  classes: { type: 'readonly ClassScore[]', help: 'the five most probable classes of the photo' },
  explanation: { type: 'Explanation<Progress> | undefined', help: 'the run that is shown' },
  ownSamples: { type: 'number', help: 'samples of this run alone, without merged ones' },
  raw: { type: 'RawMap | undefined', help: 'the values on the canvas' },
  canvas: { type: 'HTMLCanvasElement', help: 'where the map is drawn' },
  ready: { type: 'Promise<Model>', help: 'the model in use' },
} as const;

export const slots = {
  '': 'shown until there is a map: what the page says without it',
} as const;

export const methods = {
  play: 'goes on',
  pause: 'holds it',
  toggle: 'plays, pauses or, when it is done, plays again',
  step: 'one more sample',
  restart: 'from the first sample again',
  map: 'what is drawn, as values',
  merge: 'adds the samples of a saved run',
} as const;

export const events = {
  progress: { detail: 'Progress', help: 'there are new figures, and their map is drawn' },
  drawn: { detail: 'RawMap', help: 'another map is on the canvas' },
  classified: { detail: 'ClassScore[]', help: 'the five most probable classes of a photo are known' },
  done: { detail: 'Progress', help: 'all samples are done' },
  error: { detail: 'SmoothGradError', help: 'it was stopped by an error' },
} as const;
