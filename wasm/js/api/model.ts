// A loaded network.
import type { ExplainOptions, Explanation, Progress } from './explanation.js';
import type { Picture, RawMap } from './maps.js';
import type { Perturbation, PerturbOptions } from './measures.js';
import type { ChannelOrder, Fit, Preprocessing, Preset } from './preprocessing.js';
import type { GradCamLayer, GradCamMap, GradCamOptions, OcclusionOptions, OcclusionProgress } from './references.js';

/** A browser's ImageBitmap, where there is one. */
type Bitmap = typeof globalThis extends { ImageBitmap: { prototype: infer B } } ? B : never;

/**
 * What to explain: RGBA bytes, anything the platform decodes (in Node: a path, a Blob or encoded bytes), what prepare() gave, or
 * what the network sees, which is taken as it is.
 */
export type Photo =
  | { width: number; height: number; data: Uint8Array | Uint8ClampedArray }
  | Bitmap
  | Blob
  | Uint8Array
  | string
  | Prepared
  | PreparedPhoto;

/** What a network sees of a photo: the cropped pixels and the normalised tensor. */
export interface Prepared {
  pixels: Picture;
  input: RawTensor;
}

/**
 * A photo that was decoded, resized and normalised once, and stays where it is used: runs, references and measures take it, and
 * nothing of it has to be moved. It is gone with the model that prepared it, and with its engine: then it is refused with `closed`
 * or `worker-lost`. Other models take it where their input is of the same shape.
 */
export interface PreparedPhoto {
  readonly width: number;
  readonly height: number;
  /** Copies of what the network sees. */
  pixels(): Promise<Picture>;
  input(): Promise<RawTensor>;
  /** Gives its memory back; so does whoever forgets it, in time. Runs that have begun go on. */
  close(): void;
}

export interface ModelOptions {
  /** Explain the probability of a final Softmax instead of the logit before it. */
  keepSoftmax?: boolean;
  /** Where the file leaves height and width of its input open: both, or [height, width]. */
  size?: number | readonly [number, number];
  /** Name or number of the output that holds the class scores; default: the one that does by its shape, its name and what makes it. */
  output?: string | number;
  /** Overrides of the file's own preprocessing metadata: the shorter side after resizing, in pixels. */
  resize?: number;
  /** Cut the centre out of a photo, or stretch all of it, which needs no `resize`. */
  fit?: Fit;
  /** In levels, one number a channel, in the order of the network's channels. Refused where the input is of an integer type. */
  mean?: number[];
  std?: number[];
  /** In place of mean and std; its numbers are put in the order of the network's channels. */
  preset?: Preset;
  /** Of networks with 3 channels. */
  channelOrder?: ChannelOrder;
  /** One for each class; refused where there are more or fewer. */
  classNames?: string[];
  /** What makes probabilities of the scores, where the file does not end with it; refused where it ends with the other one. */
  ending?: 'softmax' | 'sigmoid';
  /**
   * So many layers, from the last one down, get random weights of the same mean and deviation (Adebayo et al. 2018): a map
   * that explains the network must change. Default 0; at most the model's `weightedLayers`.
   */
  randomisedLayers?: number;
  randomisationSeed?: number | bigint;
  /**
   * Bytes of the files in which the model keeps its weights (PyTorch's exporter writes `model.onnx.data`), by the names that it has
   * for them. Of a model with an address, those that are missing are read from its folder; plain names only.
   */
  files?: Readonly<Record<string, Uint8Array>>;
  signal?: AbortSignal;
  onProgress?: LoadingListener;
}

/**
 * Told how far loading is, in bytes: of the files while they are read (`total` is undefined where their host does not say), then
 * of the weights while they are packed for the engine.
 */
export type LoadingListener = (done: number, total: number | undefined, stage: 'reading' | 'packing') => void;

/** A model that comes with the package: `engine.loadModel(name)`. */
export interface ShippedModel {
  name: string;
  title: string;
  file: string;
  bytes: number;
  /** What it is to be shown. */
  kind: 'photos' | 'digits';
  /** Of digits: the noise in its training, as a share of the range of the input. */
  noise?: number;
  /** Of digits: its share of right answers to the whole test set. */
  accuracy?: number;
}

export interface ClassScore {
  index: number;
  name: string;
  probability: number;
  logit: number;
}

/**
 * How a model's outputs become probabilities: one class is right ('softmax'), each is or is not ('sigmoid'), or the outputs are
 * probabilities already ('none': with `keepSoftmax`).
 */
export type Ending = 'softmax' | 'sigmoid' | 'none';

/** What a file says it is. */
export interface ModelFile {
  /** Name and version of what wrote it; empty where it does not say. */
  readonly producer: string;
  /** Version of ONNX's own operators. */
  readonly opset: number;
  /** How often each is in it. */
  readonly operators: Readonly<Record<string, number>>;
  /** Numbers in its weights. */
  readonly parameters: number;
  /** Its `metadata_props`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** float32, row-major, channels first: shape [1, C, H, W] or [1, classes]. */
export interface RawTensor {
  shape: number[];
  data: Float32Array;
}

export interface Model {
  readonly name: string;
  /** What the file calls itself (`smoothgrad.name`), else the name. */
  readonly title: string;
  readonly classNames: readonly string[];
  /** Of the input: [1, C, H, W]. */
  readonly inputShape: readonly number[];
  /** Of one output behind a Sigmoid two: 1, whose logit it is, and 0, its opposite, whose logit is the negative. */
  readonly classes: number;
  readonly ending: Ending;
  /** Who says so: the file, by what stands behind the scores; the options; or nobody ('default': softmax). */
  readonly endingSource: 'file' | 'options' | 'default';
  readonly file: ModelFile;
  /** The output that is explained, and all that the file has, by their names. */
  readonly output: string;
  readonly outputs: readonly string[];
  /** What is done to a photo; `describePreprocessing()` puts it in words. */
  readonly preprocessing: Preprocessing;
  /** What was done to the file that people should know, a sentence each. */
  readonly notes: readonly string[];
  /** How many layers have weights, and so can be randomised. */
  readonly weightedLayers: number;
  /** In the order of the network. */
  readonly gradCamLayers: readonly GradCamLayer[];
  /**
   * Class index from an index or a name (exact, else the only one with that synonym, else the only one that contains it); throws `bad-option` otherwise. Digits are an
   * index; "name:11" is the class called 11, "index:11" the index, where a text could be either.
   */
  classIndex(target: number | string): number;
  /** The classes of highest probability, best first; default 5. */
  classify(photo: Photo, options?: { top?: number; signal?: AbortSignal }): Promise<ClassScore[]>;
  prepare(photo: Photo): Promise<PreparedPhoto>;
  /** Starts at once; throws `bad-option` at once. What goes wrong later rejects the iteration. */
  explain(photo: Photo | RawTensor, options: ExplainOptions & { method: 'grad-cam' | 'occlusion' }): Explanation<Progress>;
  explain(photo: Photo | RawTensor, options?: ExplainOptions): Explanation;
  gradCam(photo: Photo | RawTensor, options?: GradCamOptions): Promise<GradCamMap>;
  /**
   * Iterate it: each turn some squares more are covered; the last has state 'done'. Leaving the loop ends it. Throws `bad-option`
   * at once.
   */
  occlusion(photo: Photo | RawTensor, options?: OcclusionOptions): AsyncIterable<OcclusionProgress>;
  /** Logits and, where a target is given, the gradient of its logit, by the rule. */
  evaluate(source: Photo | RawTensor, options?: EvaluateOptions): Promise<{ logits: Float32Array; gradient?: RawTensor }>;
  /** What an edge detector sees in the normalised input (Sobel): a baseline that knows nothing of the network. */
  edges(source: Photo | RawTensor): Promise<RawMap>;
  /**
   * What becomes of the target's probability while the pixels are replaced, or put back, in the order of a map: deletion and
   * insertion. A good map makes the first fall and the second rise early.
   */
  perturb(source: Photo | RawTensor, map: RawMap, options: PerturbOptions): Promise<Perturbation>;
  /** How long each step of the network takes, forward and backward, on one thread. */
  profile(source: Photo | RawTensor, options?: ProfileOptions): Promise<ProfiledStep[]>;
  close(): void;
}

export interface ProfileOptions {
  /** Class index or name; default: class 0. */
  target?: number | string;
  /** Times are means of so many; default 5, at least 1. */
  passes?: number;
}

/** A step of the network: a layer with what was fused into it. */
export interface ProfiledStep {
  /** The ONNX node's. */
  name: string;
  /** `conv1x1`, `depthwise`, ... */
  kind: string;
  /** Of the output: [C, H, W]. */
  shape: number[];
  /** Of one forward pass; the backward pass with respect to the input has as many. */
  multiplyAdds: number;
  /** Kept from the forward pass of a sample for its backward pass. */
  savedBytes: number;
  forwardMs: number;
  backwardMs: number;
}

export interface EvaluateOptions {
  /** Class index or name whose logit is differentiated; without it there is no gradient. */
  target?: number | string;
  versus?: number | string;
  rule?: string;
}
