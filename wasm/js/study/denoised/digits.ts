// Small inputs: the denoised map of digits, and whether the gate opens for each of the digit networks.
import { readDigits } from '../digits.js';
import { inTurn } from '../in_turn.js';
import { mean } from '../numbers.js';
import type { Session } from '../session.js';
import { independent } from './reference.js';

export async function onDigits(session: Session) {
  const { engine, seed, sizes } = session;
  const { digits: count, digitReference, samples: counts, fewest } = sizes.denoised;
  const digits = await readDigits(count);
  const shipped = (await engine.shippedModels()).filter(({ kind }) => kind === 'digits');
  const networks = await inTurn(shipped, async ({ name }) => {
    const model = await engine.loadModel(name);
    const wanted = [fewest, ...counts];
    const rows = await inTurn(digits, async ({ input, label: target }) => {
      const half = async (firstSample: number) => {
        const run = model.explain(input, { ...independent, seed: seed + 1, target, firstSample, samples: digitReference / 2 });
        for await (const _ of run);
        return run;
      };
      const [a, b] = [await half(0), await half(digitReference / 2)];
      const noisy = (await engine.compare(await a.map(), await b.map())).correlation;
      await a.merge(await b.save());
      const reference = await a.map();
      for (const run of [a, b]) run.cancel();
      const run = model.explain(input, { ...independent, seed, target, samples: fewest });
      const reliability = (2 * noisy) / (1 + noisy);
      const agrees = async (magnitude: string) =>
        (await engine.compare(await run.map({ magnitude, window: 0 }), reference)).correlation / Math.sqrt(reliability);
      const at = await inTurn(wanted, async (samples) => {
        if (samples !== fewest) run.extend(samples);
        for await (const _ of run);
        const { signal } = await run.denoised();
        return { signal, plain: await agrees('plain'), denoised: await agrees('denoised') };
      });
      run.cancel();
      return at;
    });
    model.close();
    const atCount = wanted.map((samples, i) => {
      const all = rows.map((row) => row[i] as (typeof row)[number]);
      const open = all.filter(({ signal }) => signal).length;
      return { samples, open, plain: mean(all.map((one) => one.plain)), denoised: mean(all.map((one) => one.denoised)) };
    });
    return { name, counts: atCount };
  });
  return { digits: digits.length, reference: digitReference, networks };
}
