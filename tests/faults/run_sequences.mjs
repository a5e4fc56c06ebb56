// Runs that are started, paused, stepped, extended, saved, merged, cancelled and replaced in any order, beside a model of what that
// means: the state is always as the model says, and what was computed is bit for bit what a run that nobody disturbed computes.
import assert from 'node:assert/strict';

const framesAtMost = 500;
const kinds = [
  { method: 'smoothgrad' },
  { method: 'smoothgrad', antithetic: true },
  { method: 'smoothgrad-integrated-gradients', steps: 3 },
];

/** `inputs`: what may be explained, tensors of one model; `classes`: how many it has. */
export function sequencesOf({ model, inputs, classes }) {
  const known = new Map();
  const once = (key, make) => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  };

  const optionsOf = ({ kind, target, seed }) => ({ ...kinds[kind], target, seed, noise: 0.2 });
  const explain = (subject, more) => model.explain(inputs[subject.input], { ...optionsOf(subject), ...more });
  const nameOf = ({ input, kind, target, seed }) => `${input} ${kind} ${target} ${seed}`;

  /** A run of later samples, saved; of the same subject, so that it fits. */
  const savedOf = (subject, firstSample, samples) =>
    once(`saved ${nameOf(subject)} ${firstSample} ${samples}`, async () => {
      const run = explain(subject, { firstSample, samples });
      for await (const _ of run);
      const bytes = await run.save();
      run.cancel();
      return bytes;
    });

  /** Undisturbed: so many samples, with what was merged when there were so many. */
  const plainly = (subject, own, merged) =>
    once(`plain ${nameOf(subject)} ${own} ${JSON.stringify(merged)}`, async () => {
      const run = explain(subject, { samples: 1, paused: true });
      let made = 0;
      const goTo = async (samples) => {
        if (samples === made) return;
        run.extend(samples);
        run.resume();
        for await (const _ of run);
        made = samples;
      };
      for (const { at, firstSample, samples } of merged) {
        await goTo(at);
        await run.merge(await savedOf(subject, firstSample, samples));
      }
      await goTo(own);
      const { data } = await run.attribution();
      run.cancel();
      return data;
    });

  return async function play(random, length) {
    const { below, pick, next } = random;
    const told = [];
    let run;
    let state;

    const others = () => state.merged.reduce((sum, { samples }) => sum + samples, 0);

    /** Waits until it is as the model says; where the model cannot know how many samples there are, it learns that. */
    async function settle(least = state.own, most = state.own) {
      let frames = 0;
      for await (const frame of run) {
        const own = frame.samples - others();
        assert.ok(
          own <= most && frame.goal === state.goal,
          `${own} of ${frame.goal} samples, at most ${most} of ${state.goal}`,
        );
        const ends = own >= state.goal ? 'done' : state.paused ? 'paused' : 'running';
        assert.equal(frame.state, ends);
        if (frame.state !== 'running' && own >= least) {
          state.own = own;
          return;
        }
        assert.ok(++frames < framesAtMost, `it is ${frame.state} with ${own} samples for ever`);
      }
      assert.fail('it ended');
    }

    async function compare() {
      if (state.own + others() === 0) return;
      const { data } = await run.attribution();
      assert.deepEqual(data, await plainly(state.subject, state.own, state.merged));
    }

    function begin() {
      const subject = { input: below(inputs.length), kind: below(kinds.length), target: below(classes), seed: below(3) };
      state = { subject, goal: 1 + below(8), paused: next() < 0.5, own: 0, merged: [] };
      run = explain(subject, { samples: state.goal, paused: state.paused });
      told.push(`start ${JSON.stringify(state)}`);
      return state.paused ? settle() : settle(state.goal, state.goal);
    }

    const refused = async (bytes) => {
      await assert.rejects(run.merge(bytes), { code: 'bad-option' });
      await compare();
    };

    const commands = {
      async resume() {
        run.resume();
        state.paused = false;
        await settle(state.goal, state.goal);
      },
      async 'resume and pause'() {
        run.resume();
        if (next() < 0.5) await new Promise((resolve) => setTimeout(resolve, below(4)));
        run.pause();
        state.paused = true;
        await settle(state.own, Math.max(state.own, state.goal));
      },
      async step() {
        const steps = 1 + below(3);
        for (let i = 0; i < steps; i++) run.step();
        state.paused = true;
        state.goal = Math.max(state.goal, state.own + steps);
        await stepped(state.own + steps);
      },
      async extend() {
        const goal = Math.max(1, state.own) + below(5);
        run.extend(goal);
        state.goal = goal;
        if (state.paused) await settle();
        else await settle(goal, goal);
      },
      async save() {
        if (state.own > 0 && state.merged.length === 0) {
          const other = explain(state.subject, { firstSample: 5000, samples: 1 });
          for await (const _ of other);
          await other.merge(await run.save());
          other.cancel();
        } else await run.save();
      },
      async merge() {
        const firstSample = 1000 + 10 * state.merged.length;
        const samples = 1 + below(3);
        await run.merge(await savedOf(state.subject, firstSample, samples));
        state.merged.push({ at: state.own, firstSample, samples });
        await settle();
      },
      async 'merge what is there'() {
        const [first] = state.merged;
        if (first) await refused(await savedOf(state.subject, first.firstSample, first.samples));
        else if (state.own > 0) await refused(await run.save());
      },
      async 'merge what does not fit'() {
        const { target } = state.subject;
        await refused(await savedOf({ ...state.subject, target: (target + 1) % classes }, 2000, 1));
      },
      async cancel() {
        run.cancel();
        for await (const _ of run) assert.fail('a frame after the end');
        await compare();
        await begin();
      },
      async 'another while it runs'() {
        run.extend(state.own + 1000);
        run.resume();
        const before = run;
        await begin();
        before.cancel();
      },
      compare,
    };

    /** Steps that are asked for at once are made one after the other; each may have a frame of its own. */
    async function stepped(own) {
      for (let frames = 0; ; ) {
        for await (const frame of run) {
          const now = frame.samples - others();
          assert.ok(now >= state.own && now <= own, `${now} samples after steps from ${state.own} to ${own}`);
          if (now === own) return settle(own, own);
          assert.ok(++frames < framesAtMost, `${now} samples for ever, after steps to ${own}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }

    try {
      await begin();
      for (let i = 0; i < length; i++) {
        const name = pick(Object.keys(commands));
        told.push(name);
        await commands[name]();
        if (next() < 0.3) await compare();
      }
      await compare();
      run.cancel();
    } catch (error) {
      throw new Error(`after ${told.join(', ')}: ${error.message}`, { cause: error });
    }
  };
}
