// A loaded network, as the caller sees it.

import { SmoothGradError } from '../api/errors.js';
import type {
  ClassScore,
  EvaluateOptions,
  ExplainOptions,
  Explanation,
  GradCamLayer,
  GradCamMap,
  GradCamOptions,
  Model,
  OcclusionOptions,
  OcclusionProgress,
  PerturbOptions,
  Photo,
  ProfileOptions,
  RawMap,
  RawTensor,
} from '../api/index.js';
import { rankClasses, softmax } from '../api/scores.js';
import {
  checkExplain,
  checkGradCam,
  checkKnown,
  checkName,
  checkOcclusion,
  checkPerturb,
  checkWhole,
  rules,
} from '../options/check.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection, ModelInfo, Tables } from '../rpc/engine_calls.js';
import { checkMapValues, checkPhoto, checkTensor, isTensor } from './check_inputs.js';
import { ExplanationClient } from './explanation_client.js';
import type { Host } from './file_access.js';
import { findClass } from './find_class.js';
import { occlusion } from './occlusion.js';

let runs = 0;

export class ModelClient implements Model {
  readonly name: string;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly weightedLayers: number;
  readonly gradCamLayers: readonly GradCamLayer[];
  readonly #info: ModelInfo;
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #tables: Tables;
  readonly #probabilities: boolean;
  #closed = false;

  /** probabilities: the network ends in a Softmax that was kept. */
  constructor(name: string, info: ModelInfo, connection: Connection, host: Host, tables: Tables, probabilities: boolean) {
    this.name = name;
    this.title = info.title || name;
    this.classNames = info.classNames;
    this.inputShape = info.inputShape;
    this.classes = info.classes;
    this.weightedLayers = info.weightedLayers;
    this.gradCamLayers = info.gradCamLayers;
    this.#info = info;
    this.#connection = connection;
    this.#host = host;
    this.#tables = tables;
    this.#probabilities = probabilities;
  }

  classIndex(target: number | string): number {
    return findClass(this.classNames, this.classes, target);
  }

  async classify(photo: Photo, options: { top?: number; signal?: AbortSignal } = {}): Promise<ClassScore[]> {
    checkKnown(options, ['top', 'signal']);
    const top = checkWhole('top', options.top ?? Math.min(5, this.classes), 1, this.classes);
    const logits = await abortable(this.#connection.call('logits', this.#id(), this.#photo(photo)), options.signal);
    return rankClasses(logits, this.classNames, top, this.#probabilities ? logits : softmax(logits));
  }

  async prepare(photo: Photo) {
    return this.#connection.call('prepare', this.#id(), this.#photo(photo));
  }

  explain(source: Photo | RawTensor, options: ExplainOptions = {}): Explanation {
    const { run: settings, drawing } = checkExplain(options, this.#tables, this.#classIndex);
    const what = this.#source(source);
    const run = ++runs;
    // If it cannot start, next() says so.
    this.#connection.call('explain', run, this.#id(), what, settings).catch(() => {});
    return new ExplanationClient(this.#connection, run, this.#tables, drawing, options.signal);
  }

  async gradCam(source: Photo | RawTensor, options: GradCamOptions = {}): Promise<GradCamMap> {
    const settings = checkGradCam(options, this.#info, this.#classIndex);
    const map = await this.#connection.call('gradCam', this.#id(), this.#source(source), settings);
    return { ...map, layer: (this.gradCamLayers[settings.layer] as GradCamLayer).name };
  }

  occlusion(source: Photo | RawTensor, options: OcclusionOptions = {}): AsyncIterable<OcclusionProgress> {
    const settings = checkOcclusion(options, this.#info, this.#tables, this.#classIndex);
    return occlusion(this.#connection, this.#id(), this.#source(source), settings, options.signal);
  }

  async evaluate(input: RawTensor, options: EvaluateOptions = {}) {
    checkKnown(options, ['target', 'versus', 'rule']);
    const { target, versus, rule } = options;
    return this.#connection.call('evaluate', this.#id(), checkTensor(input, this.inputShape), {
      rule: checkName('rule', rule ?? 'gradient', rules),
      ...(target === undefined ? {} : { target: this.classIndex(target) }),
      ...(versus === undefined ? {} : { versus: this.classIndex(versus) }),
    });
  }

  async edges(source: Photo | RawTensor) {
    return this.#connection.call('edges', this.#id(), this.#source(source));
  }

  async perturb(source: Photo | RawTensor, map: RawMap, options: PerturbOptions) {
    const settings = checkPerturb(options, this.#tables, this.#classIndex);
    const [, , height = 1, width = 1] = this.inputShape;
    const order = checkMapValues('the map', map, { width, height });
    return this.#connection.call('perturb', this.#id(), this.#source(source), order, settings);
  }

  async profile(input: RawTensor, options: ProfileOptions = {}) {
    checkKnown(options, ['target', 'passes']);
    const target = this.classIndex(options.target ?? 0);
    const passes = checkWhole('passes', options.passes ?? 5, 1, 1e6);
    return this.#connection.call('profile', this.#id(), checkTensor(input, this.inputShape), target, passes);
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    // A service that is gone holds nothing.
    this.#connection.call('closeModel', this.#info.id).catch(() => {});
  }

  readonly #classIndex = (target: number | string) => this.classIndex(target);

  #source(source: Photo | RawTensor): Photo | RawTensor {
    return isTensor(source) ? checkTensor(source, this.inputShape) : this.#photo(source);
  }

  #photo(photo: Photo): Photo {
    return typeof photo === 'string' ? this.#host.resolve(photo) : checkPhoto(photo, this.inputShape);
  }

  #id(): number {
    if (this.#closed) throw new SmoothGradError('closed', 'this model has been closed: load it again');
    return this.#info.id;
  }
}
