// Numbers that a seed decides (mulberry32), and what a generator asks of them.
export function randomness(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + (high - low) * next();
  const whole = (low, high) => low + Math.floor(next() * (high - low + 1));
  const chance = (share) => next() < share;
  const oneOf = (list) => list[whole(0, list.length - 1)];
  const shuffled = (list) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; --i) {
      const j = whole(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  };
  const some = (list, count) =>
    shuffled(list.map((_, i) => i))
      .slice(0, count)
      .sort((a, b) => a - b)
      .map((i) => list[i]);
  return { between, whole, chance, oneOf, shuffled, some };
}
