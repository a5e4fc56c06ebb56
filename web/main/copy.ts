// A noisy copy of the photo by its number: the same noise that the run gave to that sample.
import type { Engine, RawTensor } from 'smoothgrad';
import { plus, rangeOf } from '../common/tensors.js';
import { isInPairs } from './options.js';
import type { State } from './state.js';

/** Whose noise copy k has, and whether it is turned around: pairs share it. */
export function noiseOf(k: number, inPairs: boolean): { sample: number; sign: 1 | -1 } {
  return inPairs ? { sample: k - (k % 2), sign: k % 2 === 0 ? 1 : -1 } : { sample: k, sign: 1 };
}

type Noises = Pick<Engine, 'noise' | 'methods'>;

/** `isClean`: it is the last one, and that is to have no noise. */
export async function copyOf(input: RawTensor, k: number, state: State, engine: Noises, isClean = false): Promise<RawTensor> {
  const deviation = state.sigma ?? state.noise * rangeOf(input);
  if (deviation === 0 || isClean) return input;
  const { sample, sign } = noiseOf(k, isInPairs(state, engine));
  return plus(input, sign * deviation, await engine.noise({ size: input.data.length, seed: state.seed, sample }));
}
