// A cell on the main page: the address that opens exactly its map there.
import { defaultModel, modelName } from '../common/session.js';
import type { Cell } from './plan.js';
import type { State } from './state.js';

/** Parameters are named as the options of explain() and render(). */
export function linkTo({ photo, options, map, drawing }: Cell, { colours, percentile }: State): string {
  const model = modelName === defaultModel ? undefined : modelName;
  const values = { model, photo, ...options, ...map, view: 'map', colours, percentile, ...drawing };
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) parameters.set(key, String(value));
  return `./?${parameters}`;
}
