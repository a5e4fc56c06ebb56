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
  kept: {
    type: 'Uint8Array | undefined',
    help: 'after a lost worker: the run as it was a moment before, from which `restart()` goes on',
  },
  canvas: { type: 'HTMLCanvasElement', help: 'where the map is drawn' },
  ready: { type: 'Promise<Model>', help: 'the model in use' },
} as const;

export const slots = {
  '': 'shown until there is a map: what the page says without it',
  caption: 'in place of the line under the map, with or without `controls`',
  controls: "the page's own buttons, beside that of `controls`",
} as const;

/** Names for `smooth-grad::part(...)`. */
export const parts = {
  map: 'the canvas',
  poster: 'the picture that is there until there is a map',
  key: 'what the colours stand for, with `colour-key`',
  bar: 'how far it is, at the foot',
  controls: 'the line over the foot: button, what the page has put there, caption',
  toggle: 'the button that plays and pauses',
  caption: 'class and number of samples',
  message: 'what went wrong',
  retry: 'the button under it',
} as const;

/** Custom properties, and what holds without them. */
export const styles = {
  '--smoothgrad-background': {
    syntax: '<color>',
    default: 'color-mix(in srgb, CanvasText 9%, Canvas)',
    help: "behind the photo until there is a map; it follows the page's `color-scheme`",
  },
  '--smoothgrad-color': { syntax: '<color>', default: 'CanvasText', help: 'of what is inside of the tag' },
  '--smoothgrad-accent': { syntax: '<color>', default: '#4c8dff', help: 'of the bar and of the outline of the focus' },
  '--smoothgrad-radius': { syntax: '<length>', default: '0', help: 'of its corners' },
  '--smoothgrad-font': { syntax: '<font>', default: '14px/1.4 system-ui, sans-serif', help: 'of all its words' },
  '--smoothgrad-shade': {
    syntax: '<color>',
    default: 'rgb(0 0 0 / .75)',
    help: 'behind the line over the foot of the map, and its key',
  },
  '--smoothgrad-shade-color': { syntax: '<color>', default: '#f4f4f5', help: 'of the words on it' },
} as const;

/** Names for `smooth-grad:state(...)`: what `state` says, and whether there is a map. */
export const states = {
  empty: 'it has no photo',
  loading: 'network and photo are on their way',
  running: 'samples are made',
  paused: 'held, by the page, the reader, or because nobody sees it',
  done: 'all samples are there',
  error: 'stopped by an error',
  drawn: 'there is a map, whatever else holds',
} as const;

/** Those of names that no other element sends; `progress` and `error` stay where they are, as those of the browser's own elements. */
export const bubbling: ReadonlySet<keyof SmoothGradEvents> = new Set(['classified', 'drawn', 'done']);

export const methods = {
  play: 'goes on',
  pause: 'holds it',
  toggle: 'plays, pauses or, when it is done, plays again',
  step: 'one more sample',
  restart: 'from the first sample again; after a lost worker from those that are `kept`',
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
