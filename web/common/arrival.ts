// The model's megabytes on their way: a bar while there is something to wait for.
import { byId } from './dom.js';

/** What watchLoading tells. */
export function showArrival(share: number) {
  byId<HTMLProgressElement>('arrived').value = share;
}

/** The network is here, or will not come. */
export function endArrival() {
  byId('arrival').hidden = true;
}
