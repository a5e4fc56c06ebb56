// Many explanations converge together: in rounds, each of which brings all of them to a few more samples.
import type { DrawnMap, Engine, Explanation, MapMeasures, Model, Prepared, Progress, RenderOptions } from 'smoothgrad';
import { follow } from 'smoothgrad';

/** One map of the many. */
export interface Square {
  model: Model;
  noise: number;
  /** Of the samples that there are now; the progress carries the picture. */
  show(progress: Progress, measures: MapMeasures): void;
  draw(picture: DrawnMap): void;
}

export interface Job {
  squares: readonly Square[];
  photo: Prepared;
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
  let stopped = false;
  let current: Running[] = [];

  const advance = async (running: Running, goal: number) => {
    const { square, explanation } = running;
    // Without noise every sample is the same.
    if (goal > 1 && square.noise === 0) return;
    if (goal > 1) explanation.extend(goal);
    const last = await follow(explanation);
    if (last?.state !== 'done') return;
    // Of the sizes, whatever the manner of drawing.
    const measures = await engine.measure({ ...last, map: last.map.map(Math.abs) });
    if (current.includes(running)) square.show(last, measures);
  };
  const cancel = () => {
    for (const { explanation } of current) explanation.cancel();
    current = [];
  };
  const run = async ({ squares, photo, target, samples, seed }: Job) => {
    cancel();
    // Held once for all networks, which take the same shape; runs that have begun need it no more.
    const held = await squares[0]?.model.prepare(photo);
    if (!held || stopped) return held?.close();
    const options = { method: 'smoothgrad', samples: 1, seed, pictures: true, ...(target === undefined ? {} : { target }) };
    current = squares.map((square) => ({
      square,
      explanation: square.model.explain(held, { ...options, ...drawing(), noise: square.noise }),
    }));
    held.close();
    for (const goal of goals(samples)) {
      first = goal === 1;
      await Promise.all(current.map((running) => advance(running, goal)));
      if (wanted || stopped) return;
      told.round(goal, samples);
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
        if (!wanted && !stopped) told.failed(error as Error);
      }
    }
    driving = false;
  };
  return {
    start(job) {
      wanted = job;
      stopped = false;
      if (!driving) void drive();
      else if (!first) cancel();
    },
    stop() {
      wanted = undefined;
      stopped = true;
      cancel();
    },
    async redraw() {
      const look = drawing();
      const draw = async (running: Running) => {
        try {
          const { picture, done } = await running.explanation.redraw(look);
          if (picture && done > 0 && current.includes(running)) running.square.draw(picture);
        } catch (error) {
          if (current.includes(running)) throw error;
        }
      };
      await Promise.all(current.map(draw));
    },
  };
}
