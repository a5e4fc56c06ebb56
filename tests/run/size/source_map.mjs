// The source map of a WebAssembly file: which source file the code from a place on was compiled from.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitValue = new Map([...digits].map((digit, value) => [digit, value]));

/** The numbers of a segment, each in base 64, least digit first, its sign in the lowest bit. */
function numbersOf(segment) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const digit of segment) {
    const value = digitValue.get(digit);
    number += (value & 31) << shift;
    shift += 5;
    if (value & 32) continue;
    numbers.push(number & 1 ? -(number >> 1) : number >> 1);
    number = 0;
    shift = 0;
  }
  return numbers;
}

/** [{at, source}] in the order of places; no source where the map names none. */
export function readSourceMap({ sources, mappings }) {
  let at = 0;
  let source = 0;
  return mappings.split(',').map((segment) => {
    const [step, sourceStep] = numbersOf(segment);
    at += step;
    if (sourceStep === undefined) return { at, source: undefined };
    source += sourceStep;
    return { at, source: sources[source] };
  });
}
