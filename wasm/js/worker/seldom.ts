// Words on how far something is: of small things only the last one, which costs nothing beside them, and nothing twice.
import type { PackingListener } from '../rpc/engine_calls.js';

const stepBytes = 8 * 2 ** 20;

/** The same listener, told every 8 MB and at the end. */
export function seldom(listener: PackingListener): PackingListener {
  let told = 0;
  return (done, total) => {
    if (done === told || (done < total && done - told < stepBytes)) return;
    told = done;
    listener(done, total);
  };
}
