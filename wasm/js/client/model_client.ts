// A loaded network, as the caller sees it.

import { SmoothGradError } from '../api/errors.js';
import type {
  ClassScore,
  Ending,
  EvaluateOptions,
  ExplainOptions,
  Explanation,
  GradCamLayer,
  GradCamMap,
  GradCamOptions,
  Model,
  ModelFile,
  OcclusionOptions,
  OcclusionProgress,
  PerturbOptions,
  Photo,
  PreparedPhoto,
  Preprocessing,
  ProfileOptions,
  RawMap,
  RawTensor,
  Tables,
} from '../api/index.js';
import { preprocessingNote } from '../api/preprocessing.js';
import { rankClasses } from '../api/scores.js';
import { checkRun, checkScore, type Subject } from '../options/check_options.js';
import { checkKnown, checkName, checkWhole } from '../options/check_values.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection } from '../rpc/connection.js';
import type { EngineCalls, ModelInfo, Source } from '../rpc/engine_calls.js';
import { checkMapValues, checkSource } from './check_inputs.js';
import { ExplanationClient } from './explanation_client.js';
import type { FileAccess } from './file_access.js';
import { findClass } from './find_class.js';
import { PreparedPhotoClient } from './prepared_photo.js';
import { gradCam, occlusion } from './references.js';

let photos = 0;

export class ModelClient implements Model {
  readonly name: string;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly ending: Ending;
  readonly endingSource: Model['endingSource'];
  readonly file: ModelFile;
  readonly output: string;
  readonly outputs: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly notes: readonly string[];
  readonly weightedLayers: number;
  readonly gradCamLayers: readonly GradCamLayer[];
  readonly #info: ModelInfo;
  readonly #connection: Connection<EngineCalls>;
  readonly #files: FileAccess;
  readonly #tables: Tables;
  #closed = false;

  constructor(name: string, info: ModelInfo, connection: Connection<EngineCalls>, files: FileAccess, tables: Tables) {
    this.name = name;
    this.title = info.title || name;
    this.classNames = info.classNames;
    this.inputShape = info.inputShape;
    this.classes = info.classes;
    this.ending = info.ending;
    this.endingSource = info.endingSource;
    this.file = info.file;
    this.output = info.output;
    this.outputs = info.outputs;
    this.preprocessing = info.preprocessing;
    this.notes = [...info.notes, ...[preprocessingNote(info.preprocessing) ?? []].flat()];
    this.weightedLayers = info.weightedLayers;
    this.gradCamLayers = info.gradCamLayers;
    this.#info = info;
    this.#connection = connection;
    this.#files = files;
    this.#tables = tables;
  }

  classIndex(target: number | string): number {
    return findClass(this.classNames, this.classes, target);
  }

  async classify(photo: Photo, options: { top?: number; signal?: AbortSignal } = {}): Promise<ClassScore[]> {
    checkKnown(options, ['top', 'signal']);
    const top = checkWhole('top', options.top ?? Math.min(5, this.classes), 1, this.classes);
    const logits = await abortable(this.#connection.call('logits', this.#id(), this.#source(photo)), options.signal);
    return rankClasses(logits, this.classNames, top, this.ending);
  }

  async prepare(photo: Photo): Promise<PreparedPhoto> {
    const id = ++photos;
    const size = await this.#connection.call('prepare', id, this.#id(), this.#source(photo));
    return new PreparedPhotoClient(id, size, this.#connection);
  }

  explain(source: Photo | RawTensor, options: ExplainOptions = {}): Explanation {
    const settings = checkRun(options, this.#subject());
    return new ExplanationClient(this.#connection, this.#tables, this.#id(), this.#source(source), settings, options.signal);
  }

  async gradCam(source: Photo | RawTensor, options: GradCamOptions = {}): Promise<GradCamMap> {
    return gradCam((all) => this.explain(source, all), this.gradCamLayers, this.#tables, options);
  }

  occlusion(source: Photo | RawTensor, options: OcclusionOptions = {}): AsyncIterable<OcclusionProgress> {
    return occlusion((all) => this.explain(source, all), this.#tables, options);
  }

  async evaluate(source: Photo | RawTensor, options: EvaluateOptions = {}) {
    checkKnown(options, ['target', 'versus', 'rule']);
    const { rule = 'gradient', ...classes } = options;
    return this.#connection.call('evaluate', this.#id(), this.#source(source), {
      rule: checkName('rule', rule, this.#tables.rules),
      ...checkScore(classes, this.#subject()),
    });
  }

  async edges(source: Photo | RawTensor) {
    return this.#connection.call('edges', this.#id(), this.#source(source));
  }

  async perturb(source: Photo | RawTensor, map: RawMap, options: PerturbOptions) {
    checkKnown(options, ['target', 'replacement', 'steps', 'pixels']);
    const [, , height = 1, width = 1] = this.inputShape;
    const settings = {
      target: this.classIndex(options.target),
      replacement: checkName('replacement', options.replacement ?? 'blurred', this.#tables.baselines),
      steps: checkWhole('steps', options.steps ?? 50, 1, 1e6),
      pixels: checkWhole('pixels', options.pixels ?? width * height, 1, width * height),
    };
    const order = checkMapValues('the map', map, { width, height });
    return this.#connection.call('perturb', this.#id(), this.#source(source), order, settings);
  }

  async profile(source: Photo | RawTensor, options: ProfileOptions = {}) {
    checkKnown(options, ['target', 'passes']);
    const target = this.classIndex(options.target ?? 0);
    const passes = checkWhole('passes', options.passes ?? 5, 1, 1e6);
    return this.#connection.call('profile', this.#id(), this.#source(source), target, passes);
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    // A service that is gone holds nothing.
    this.#connection.call('closeModel', this.#info.id).catch(() => {});
  }

  #subject(): Subject {
    return {
      tables: this.#tables,
      classIndex: (target) => this.classIndex(target),
      layers: this.gradCamLayers,
      inputShape: this.inputShape,
    };
  }

  #source(source: Photo | RawTensor): Source {
    if (typeof source === 'string') return this.#files.resolve(source);
    if (!(source instanceof PreparedPhotoClient)) return checkSource(source, this.inputShape);
    if (source.connection === this.#connection) return { held: source.id };
    throw new SmoothGradError('closed', 'this photo was prepared by another engine: prepare it again');
  }

  #id(): number {
    if (this.#closed) throw new SmoothGradError('closed', 'this model has been closed: load it again');
    return this.#info.id;
  }
}
