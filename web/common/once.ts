// What is worked out once.

/** `make`, which is asked once for each name, whatever it is told besides; what failed is tried anew. */
export function once<T, R extends unknown[]>(make: (name: string, ...besides: R) => Promise<T>): typeof make {
  const known = new Map<string, Promise<T>>();
  return (name, ...besides) => {
    const before = known.get(name);
    if (before) return before;
    const making = make(name, ...besides);
    known.set(name, making);
    making.catch(() => known.delete(name));
    return making;
  };
}
