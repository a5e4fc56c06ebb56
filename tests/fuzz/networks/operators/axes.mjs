// An axis of a value, counted from either end.
export const signed = (g, axis, rank) => (g.random.chance(0.3) ? axis - rank : axis);

export const axisOf = (g, dims) => g.random.whole(0, dims.length - 1);
