// What another tool means by SmoothGrad, as options: the one place that says what a convention decides and what the user.
import type { Convention } from '../api/engine.js';
import type { Values } from './option.js';
import type { runOptions } from './table.js';

type RunValues = Values<typeof runOptions>;

/** All that a convention decides. */
export function conventionOptions({ name: _, title: _title, ...decided }: Convention): Omit<Convention, 'name' | 'title'> {
  return decided;
}

/** The options with those that their convention, if they name one, decides where they say nothing. Their noise goes before its sigma. */
export function withConvention<V extends RunValues>(given: V, conventions: readonly Convention[]): V {
  const convention = conventions.find(({ name }) => name === given.convention);
  if (!convention) return given;
  const { sigma, ...decided } = conventionOptions(convention);
  const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as V;
  return { ...decided, ...(sigma === undefined || own.noise !== undefined ? {} : { sigma }), ...own };
}
