// The engine's table of methods, as far as the page's rules ask it.
import type { MethodEntry } from 'smoothgrad';

const table = new Map<string, MethodEntry>();

/** Until then every method counts as one of the plain kind. */
export function learnMethods(methods: readonly MethodEntry[]) {
  for (const method of methods) table.set(method.name, method);
}

/** Its values are means of attributions over the samples. */
export const isMean = (method: string) => {
  const row = table.get(method);
  return row?.noisy === true && row.reduction === 'mean' && !row.timesInput;
};

/** Line methods make a pass for each of their steps. */
export const isLine = (method: string) => table.get(method)?.path === 'line';
