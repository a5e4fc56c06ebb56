// Every operator that is drawn: {name, since: its first operator set here, make(g, x): {reads, outputs?, ...attributes} of a node
// that reads x, or nothing where it does not fit; run(inputs, attributes): its outputs, in double}.
import { moves } from './moves.mjs';
import { operands } from './operands.mjs';
import { picks } from './picks.mjs';
import { products } from './products.mjs';
import { reductions } from './reductions.mjs';
import { sampling } from './sampling.mjs';
import { clip, unary } from './unary.mjs';
import { windows } from './windows.mjs';

export const operators = [...unary, clip, ...operands, ...windows, ...moves, ...picks, ...reductions, ...products, ...sampling];
export const byName = new Map(operators.map((operator) => [operator.name, operator]));

/** Some are drawn oftener: those with more ways, and those that seldom fit. */
const often = [...windows, ...windows, ...products, ...products, ...sampling, ...sampling];
const seldomFit = ['DepthToSpace', 'SpaceToDepth', 'Attention', 'Sqrt', 'Log', 'Reciprocal', 'Pow', 'LpPool'];
export const drawn = [...operators, ...often, ...operators.filter(({ name }) => seldomFit.includes(name))];
