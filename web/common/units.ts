// What the values of a map are, in words: its unit, and what the two signs mean where there are two. Pure.
import type { Engine } from 'smoothgrad';
import { text } from './texts.js';

/** What of a run's options decides it; `magnitude` as it is drawn. */
export interface Asked {
  method: string;
  rule?: string | undefined;
  reduction?: string | undefined;
  timesInput?: boolean | undefined;
  magnitude?: string | undefined;
  difference?: string | undefined;
  /** Names of the classes. */
  target: string;
  versus?: string | undefined;
}

export type Tables = Pick<Engine, 'methods'>;

/**
 * slope: of the score, per unit of the input; guided: the same by a rule that leaves out what speaks against; share: of the score;
 * errors: standard errors; scaled: of two maps from 0 to 1; features: of a layer; fall: of the score, where a square is covered.
 */
export type Quantity = 'slope' | 'guided' | 'share' | 'errors' | 'scaled' | 'features' | 'fall';

const ofReferences: Readonly<Record<string, Quantity>> = { 'grad-cam': 'features', occlusion: 'fall' };

export function quantityOf(asked: Asked, { methods }: Tables): Quantity {
  const row = methods.find(({ name }) => name === asked.method);
  if (!row) return ofReferences[asked.method] ?? 'slope';
  if (asked.versus !== undefined && asked.difference === 'scaled') return 'scaled';
  if (asked.magnitude === 'significance') return 'errors';
  if (row.path === 'line' || (asked.timesInput ?? row.timesInput)) return 'share';
  return (asked.rule ?? row.rule) === 'gradient' ? 'slope' : 'guided';
}

/** What is made of the samples. */
export const reductionOf = ({ method, reduction }: Asked, { methods }: Tables) =>
  reduction ?? methods.find(({ name }) => name === method)?.reduction ?? 'mean';

const squares = ['mean-square', 'variance'];

/** Of these the samples' squares have a unit of their own. */
const ofSamples: readonly Quantity[] = ['slope', 'guided', 'share'];

/** Of these the scores do not matter. */
const without = { errors: 'unit.errors', scaled: 'unit.scaled' } as const;

export function unitWords(asked: Asked, tables: Tables): string {
  const quantity = quantityOf(asked, tables);
  if (quantity === 'errors' || quantity === 'scaled') return text(without[quantity]);
  const unit = text(asked.versus === undefined ? `unit.${quantity}` : `unit.${quantity}.two`);
  const isSquared = ofSamples.includes(quantity) && squares.includes(reductionOf(asked, tables));
  return isSquared ? text('unit.squared', { unit }) : unit;
}

const isTold = (quantity: Quantity) => quantity === 'slope' || quantity === 'share' || quantity === 'fall';

/** What values below and above 0 mean: of two classes, which one they speak for. Undefined where none is below. */
export function signWords(asked: Asked, tables: Tables): readonly [string, string] | undefined {
  const quantity = quantityOf(asked, tables);
  if (quantity !== 'scaled' && reductionOf(asked, tables) !== 'mean') return undefined;
  const { target, versus } = asked;
  if (versus !== undefined) return [text('sign.for', { name: versus }), text('sign.for', { name: target })];
  if (!isTold(quantity)) return [text('sign.below'), text('sign.above')];
  return [text(`sign.${quantity}.below`), text(`sign.${quantity}.above`)];
}
