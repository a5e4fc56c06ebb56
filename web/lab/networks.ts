// The networks of the grid: those that came with the site, and one that was trained here.
import type { Engine, Model } from 'smoothgrad';
import { toPercent } from '../common/fields.js';

export interface DigitNetwork {
  name: string;
  /** Of the Gaussian noise on the digits that it learnt from, as a share of the range of their levels. */
  noise: number;
  model: Model;
  /** Its share of right answers to test digits without noise, where that was measured. */
  accuracy: number | undefined;
  /** Trained here. */
  own: boolean;
}

export const showLevel = (noise: number) => (noise === 0 ? 'no noise' : toPercent(noise));

export async function loadNetworks(engine: Engine): Promise<DigitNetwork[]> {
  const digits = (await engine.shippedModels()).filter(({ kind }) => kind === 'digits');
  return Promise.all(
    digits.map(async ({ name, noise = 0, accuracy }) => {
      return { name, noise, accuracy, own: false, model: await engine.loadModel(name) };
    }),
  );
}
