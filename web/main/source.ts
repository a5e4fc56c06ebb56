// Where a map comes from: an explanation, or a reference that does not use the input gradient, in the same shape.
import type { Explanation, Model, OcclusionProgress, Prepared, Progress, RawMap } from 'smoothgrad';
import { explainOptions, mapOptions } from './options.js';
import type { State } from './state.js';

export interface Source extends AsyncIterable<Progress>, Pick<Explanation, 'pause' | 'resume' | 'step' | 'extend' | 'cancel'> {
  /** Where the samples are; references have none. */
  readonly explanation?: Explanation;
  map(options: ReturnType<typeof mapOptions>): Promise<RawMap>;
}

const fromExplanation = (explanation: Explanation): Source => ({
  explanation,
  [Symbol.asyncIterator]: () => explanation[Symbol.asyncIterator](),
  map: (options) => explanation.map(options),
  pause: () => explanation.pause(),
  resume: () => explanation.resume(),
  step: () => explanation.step(),
  extend: (samples) => explanation.extend(samples),
  cancel: () => explanation.cancel(),
});

const ignore = () => {};

/** The figures that a reference does not have. */
const none = {
  relativeError: Number.NaN,
  correctedError: Number.NaN,
  keepsClass: Number.NaN,
  outOfRange: Number.NaN,
};

/** steps: each turn a map that is better than the one before; it rests while it is paused. */
function fromTurns(
  turns: (logits: Float32Array) => AsyncIterable<Progress>,
  logits: Promise<Float32Array>,
  paused: boolean,
): Source {
  let latest: RawMap | undefined;
  let cancelled = false;
  let going = Promise.resolve();
  let go = ignore;
  const source: Source = {
    async *[Symbol.asyncIterator]() {
      for await (const progress of turns(await logits)) {
        if (cancelled) return;
        latest = progress;
        yield progress;
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
  if (paused) source.pause();
  return source;
}

const score = ({ target, versus }: State) => ({
  ...(target === undefined ? {} : { target }),
  ...(versus === undefined ? {} : { versus }),
});

function gradCam(model: Model, photo: Prepared, state: State, logits: Promise<Float32Array>, paused: boolean): Source {
  const layer = model.gradCamLayers.some(({ name }) => name === state.layer) ? { layer: state.layer as string } : {};
  return fromTurns(
    async function* (logits) {
      const begin = performance.now();
      const map = await model.gradCam(photo, { ...score(state), ...layer });
      const elapsedMs = performance.now() - begin;
      yield { ...none, ...map, logits, elapsedMs, state: 'done', samples: 1, goal: 1, passes: 1 };
    },
    logits,
    paused,
  );
}

function occlusion(model: Model, photo: Prepared, state: State, logits: Promise<Float32Array>, paused: boolean): Source {
  const { size, baseline } = state;
  return fromTurns(
    async function* (logits) {
      const begin = performance.now();
      const options = { ...score(state), size, stride: Math.max(1, Math.floor(size / 2)), baseline };
      for await (const turn of model.occlusion(photo, options) as AsyncIterable<OcclusionProgress>) {
        const elapsedMs = performance.now() - begin;
        yield { ...none, ...turn, logits, elapsedMs, samples: turn.squares, passes: turn.squares };
      }
    },
    logits,
    paused,
  );
}

const references: Record<string, typeof gradCam> = { 'grad-cam': gradCam, occlusion };

export const isReference = (method: string) => method in references;

/** Starts what the state asks for; throws a SmoothGradError where it makes no sense. */
export function startSource(model: Model, photo: Prepared, state: State, paused: boolean): Source {
  const reference = references[state.method];
  if (!reference) return fromExplanation(model.explain(photo, { ...explainOptions(state), ...mapOptions(state), paused }));
  return reference(
    model,
    photo,
    state,
    model.evaluate(photo.input).then(({ logits }) => logits),
    paused,
  );
}
