// What a <smooth-grad> follows: an explanation, or a map to compare with that does not use the input gradient, in the same shape.
import type {
  Engine,
  ExplainOptions,
  Explanation,
  GradCamOptions,
  MapOptions,
  Model,
  OcclusionOptions,
  Prepared,
  Progress,
  RawMap,
} from '../api/index.js';

/** A network and the engine it is loaded in. */
export interface Network {
  engine: Engine;
  model: Model;
}

/** Of all methods; each takes those that are its own. */
export interface SourceOptions
  extends Omit<ExplainOptions, 'rule'>,
    Pick<GradCamOptions, 'layer'>,
    Pick<OcclusionOptions, 'size' | 'stride'> {
  /** As it was written: whether there is one of that name is checked where it is used. */
  rule?: string;
}

export interface Source extends AsyncIterable<Progress>, Pick<Explanation, 'pause' | 'resume' | 'step' | 'extend' | 'cancel'> {
  /** Where the samples are; maps to compare with have none. */
  readonly explanation?: Explanation;
  map(options: MapOptions): Promise<RawMap>;
}

function fromExplanation(network: Network, photo: Prepared, options: SourceOptions): Source {
  const { layer: _, size: _size, stride: _stride, ...own } = options;
  const explanation = network.model.explain(photo, own as ExplainOptions);
  return {
    explanation,
    [Symbol.asyncIterator]: () => explanation[Symbol.asyncIterator](),
    map: (options) => explanation.map(options),
    pause: () => explanation.pause(),
    resume: () => explanation.resume(),
    step: () => explanation.step(),
    extend: (samples) => explanation.extend(samples),
    cancel: () => explanation.cancel(),
  };
}

const ignore = () => {};

/** The figures that maps to compare with do not have. */
const none = {
  relativeError: Number.NaN,
  correctedError: Number.NaN,
  keepsClass: Number.NaN,
  outOfRange: Number.NaN,
};

type Turns = (
  network: Network,
  photo: Prepared,
  options: SourceOptions,
) => AsyncIterable<Omit<Progress, 'logits' | 'elapsedMs'>>;

const score = ({ target, versus }: SourceOptions) => ({
  ...(target === undefined ? {} : { target }),
  ...(versus === undefined ? {} : { versus }),
});

const references: Record<string, Turns> = {
  async *'grad-cam'({ model }, photo, options) {
    const { layer } = options;
    const map = await model.gradCam(photo, { ...score(options), ...(layer === undefined ? {} : { layer }) });
    yield { ...none, ...map, state: 'done', samples: 1, ownSamples: 1, goal: 1, passes: 1 };
  },
  async *occlusion({ model }, photo, options) {
    const own = (['size', 'stride', 'baseline'] as const).flatMap((name) =>
      options[name] === undefined ? [] : [[name, options[name]]],
    );
    for await (const turn of model.occlusion(photo, { ...score(options), ...Object.fromEntries(own) })) {
      yield { ...none, ...turn, samples: turn.squares, ownSamples: turn.squares, passes: turn.squares };
    }
  },
};

/** Each turn a map that is better than the one before; it rests while it is paused. */
function fromTurns(turns: Turns, network: Network, photo: Prepared, options: SourceOptions): Source {
  let latest: RawMap | undefined;
  let cancelled = false;
  let going = Promise.resolve();
  let go = ignore;
  const source: Source = {
    async *[Symbol.asyncIterator]() {
      const { logits } = await network.model.evaluate(photo.input);
      const begin = performance.now();
      for await (const turn of turns(network, photo, options)) {
        if (cancelled) return;
        latest = turn;
        yield { ...turn, logits, elapsedMs: performance.now() - begin };
        await going;
        if (cancelled) return;
      }
    },
    async map() {
      if (!latest) throw new Error('there is no map yet');
      return latest;
    },
    pause() {
      going = new Promise((resolve) => {
        go = resolve;
      });
    },
    resume: () => go(),
    step: ignore,
    extend: ignore,
    cancel() {
      cancelled = true;
      go();
    },
  };
  if (options.paused) source.pause();
  return source;
}

/** Starts what the options ask for; throws a SmoothGradError, at once or in the iteration, where they make no sense. */
export function startSource(network: Network, photo: Prepared, options: SourceOptions): Source {
  const turns = references[options.method ?? ''];
  return turns ? fromTurns(turns, network, photo, options) : fromExplanation(network, photo, options);
}
