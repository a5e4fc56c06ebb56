// The engine's table of methods, as far as the page's rules ask it.
import type { Engine, MethodEntry } from 'smoothgrad';

const table = new Map<string, MethodEntry>();
const references = new Set<string>();

/** Until then every method counts as one of the plain kind. */
export function learnMethods(engine: Pick<Engine, 'methods' | 'references'>) {
  for (const method of engine.methods) table.set(method.name, method);
  for (const { name } of engine.references) references.add(name);
}

/** Its map is made without the input gradient, and so without samples. */
export const isReference = (method: string) => references.has(method);

/** Its values are means of attributions over the samples. */
export const isMean = (method: string) => {
  const row = table.get(method);
  return row?.noisy === true && row.reduction === 'mean' && !row.timesInput;
};

/** Line methods make a pass for each of their steps. */
export const isLine = (method: string) => table.get(method)?.path === 'line';
