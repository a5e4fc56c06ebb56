// Many explanations converge together: in rounds, each of which brings all of them to a few more samples.
import type { Engine, Explanation, MapMeasures, Model, Progress, RawTensor, RenderOptions } from 'smoothgrad';

type Picture = Awaited<ReturnType<Explanation['render']>>;

/** One map of the many. */
export interface Square {
  model: Model;
  noise: number;
  show(picture: Picture, progress: Progress, measures: MapMeasures): void;
}

export interface Job {
  squares: readonly Square[];
  input: RawTensor;
  target: number | undefined;
  samples: number;
  seed: number;
}

export interface Rounds {
  /** Begins anew, at once but for a first round under way: it is drawn, so that something moves while one draws. */
  start(job: Job): void;
  /** Ends what is under way. */
  stop(): void;
  /** Draws what there is in another manner. */
  redraw(): Promise<void>;
}

interface Running {
  square: Square;
  explanation: Explanation;
  reached?: { progress: Progress; measures: MapMeasures };
}

/** 1, 2, 3, 5, 8, 12, ... and the goal itself: each half as much again. */
function* goals(samples: number) {
  for (let goal = 1; goal < samples; goal = Math.ceil(goal * 1.5)) yield goal;
  yield samples;
}

export function createRounds(
  engine: Engine,
  drawing: () => RenderOptions,
  told: { round(samples: number, goal: number): void; failed(error: Error): void },
): Rounds {
  let wanted: Job | undefined;
  let driving = false;
  let first = false;
  let current: Running[] = [];

  const draw = async (running: Running) => {
    const { square, explanation, reached } = running;
    if (!reached) return;
    const picture = await explanation.render(drawing());
    if (current.includes(running)) square.show(picture, reached.progress, reached.measures);
  };
  const advance = async (running: Running, goal: number) => {
    // Without noise every sample is the same.
    if (goal > 1 && running.square.noise === 0) return;
    if (goal > 1) running.explanation.extend(goal);
    for await (const progress of running.explanation) {
      if (progress.state === 'done') running.reached = { progress, measures: await engine.measure(progress) };
    }
    await draw(running);
  };
  const cancel = () => {
    for (const { explanation } of current) explanation.cancel();
  };
  const run = async (job: Job) => {
    const { squares, input, target, seed } = job;
    cancel();
    current = squares.map((square) => ({
      square,
      explanation: square.model.explain(input, {
        method: 'smoothgrad',
        noise: square.noise,
        samples: 1,
        seed,
        ...(target === undefined ? {} : { target }),
      }),
    }));
    for (const goal of goals(job.samples)) {
      first = goal === 1;
      await Promise.all(current.map((running) => advance(running, goal)));
      if (wanted || current.length === 0) return;
      told.round(goal, job.samples);
    }
  };
  const drive = async () => {
    driving = true;
    while (wanted) {
      const job = wanted;
      wanted = undefined;
      try {
        await run(job);
      } catch (error) {
        // What was cancelled may be gone.
        if (!wanted && current.length > 0) told.failed(error as Error);
      }
    }
    driving = false;
  };
  return {
    start(job) {
      wanted = job;
      if (!driving) void drive();
      else if (!first) cancel();
    },
    stop() {
      wanted = undefined;
      cancel();
      current = [];
    },
    async redraw() {
      const failed = (running: Running) => (error: unknown) => {
        if (current.includes(running)) throw error;
      };
      await Promise.all(current.map((running) => draw(running).catch(failed(running))));
    },
  };
}
