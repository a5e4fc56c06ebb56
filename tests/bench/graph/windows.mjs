// Which windows of a strided layer cover an input position: what the gradients of strided convolutions and of pooling are made
// of, phase by phase, where a backend has no fast operator of its own.

/**
 * Position stride * i + phase of the input is covered by the windows i + first, ..., i + last (none where last < first), by tap
 * phase + pad - stride * (window - i) of each.
 */
export function windowsOver(phase, kernel, stride, pad) {
  return { first: Math.ceil((phase + pad - kernel + 1) / stride), last: Math.floor((phase + pad) / stride) };
}

/** The least first and the greatest last over all phases of a stride. */
export function reach(kernel, stride, pad) {
  const all = Array.from({ length: stride }, (_, phase) => windowsOver(phase, kernel, stride, pad));
  return { first: Math.min(...all.map(({ first }) => first)), last: Math.max(...all.map(({ last }) => last)) };
}
