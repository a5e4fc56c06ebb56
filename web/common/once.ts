// What is worked out once.

/** `make`, which is asked once for each name; what failed is tried anew. */
export function once<T>(make: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const making = make(name);
    known.set(name, making);
    making.catch(() => known.delete(name));
    return making;
  };
}
