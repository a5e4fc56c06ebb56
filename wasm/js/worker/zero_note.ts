// Why a map is empty, for people: a picture without anything on it must not look like an answer.
import type { Started } from './started.js';
import type { WasmModel } from './wasm_module.js';

const isZero = (values: ArrayLike<number> | undefined) => {
  for (let i = 0; i < (values?.length ?? 0); i++) if (values?.[i] !== 0) return false;
  return true;
};

const untilMaps = {
  maps: 'the map is zero everywhere: nothing in this layer speaks for the class',
  squares: 'the map is zero everywhere: whatever is covered, the score of the class stays the same',
};

const zeroGradient = {
  alike: 'the gradient is zero everywhere: the two classes depend on the photo alike',
  ofClass: 'the gradient is zero everywhere: the class has no weights of its own, or its score is saturated',
  ofAll:
    "the gradient is zero everywhere: the network's units are dead at this photo, or its ending is saturated (its scores no longer change)",
};

/** One pass for each question; only asked where the map is zero. */
export function zeroNote({ run, input, target, versus, logits, difference }: Started, model: WasmModel): string {
  const { unit } = run.progress();
  if (unit !== 'samples') return untilMaps[unit];
  const gradientOf = (index: number, against?: number) =>
    model.evaluate(input.data, { target: index, rule: 'gradient', ...(against === undefined ? {} : { versus: against }) })
      .gradient;
  const scaled = difference === 'scaled';
  if (!isZero(gradientOf(target, scaled ? undefined : versus))) {
    const denoised = 'denoisedFigures' in run ? run.denoisedFigures() : undefined;
    if (denoised && !denoised.signal) {
      return `the map is zero everywhere: nothing stands out of the noise of ${denoised.samples} samples yet`;
    }
    return 'the map is zero everywhere, although the gradient is not: the method, or what is drawn of it, leaves nothing over';
  }
  if (versus !== undefined && !scaled && !isZero(gradientOf(target))) return zeroGradient.alike;
  const others = [...logits.keys()].filter((index) => index !== target).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0));
  const other = others[0];
  if (other !== undefined && !isZero(gradientOf(other))) {
    return zeroGradient.ofClass;
  }
  return zeroGradient.ofAll;
}
