// The model's megabytes on their way, and then being made ready: a bar and figures while there is something to wait for.
import type { LoadingListener } from 'smoothgrad';
import { byId } from './dom.js';
import { numberFormat } from './numbers.js';
import { text } from './texts.js';

const megabytes = numberFormat({ style: 'unit', unit: 'megabyte', minimumFractionDigits: 1, maximumFractionDigits: 1 });

const largeBytes = 32e6;

/** What watchLoading tells. */
export const showArrival: LoadingListener = (done, total = done, stage) => {
  if (stage === 'packing') byId('arrival-title').textContent = text('arrival.packing');
  byId<HTMLProgressElement>('arrived').value = total === 0 ? 1 : done / total;
  byId('arrived-bytes').textContent = `${megabytes(done / 1e6)} / ${megabytes(total / 1e6)}`;
};

/** Where it takes long: of one that is opened while another is there. */
export const showArrivalOfLarge: LoadingListener = (...progress) => {
  const [, total = 0] = progress;
  if (total < largeBytes) return;
  byId('arrival').hidden = false;
  showArrival(...progress);
};

/** The network is here, or will not come. */
export function endArrival() {
  byId('arrival').hidden = true;
}
