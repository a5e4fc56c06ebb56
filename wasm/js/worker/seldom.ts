// Words on how far something is: of small things only the last one, which costs nothing beside them, and nothing twice.

const stepBytes = 8 * 2 ** 20;

/** The same listener, told every 8 MB and at the end. */
export function seldom(listener: (done: number, total: number) => void): typeof listener {
  let told = 0;
  return (done, total) => {
    if (done === told || (done < total && done - told < stepBytes)) return;
    told = done;
    listener(done, total);
  };
}
