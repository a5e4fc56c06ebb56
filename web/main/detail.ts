// How many pixels of the photo the network is shown. More than it was trained on make a finer map, if it is convolutional up to its
// pooling; one that is not says so when it is loaded. Another size is the page opened anew.
import { byId, fillSelect } from '../common/dom.js';
import { detail } from '../common/session.js';
import { text } from '../common/texts.js';

const sides = [320, 448];

/** There from the start: it is the way back from a size that the network does not take. */
export function createDetail() {
  const select = byId<HTMLSelectElement>('detail');
  const rows = sides.map((side) => ({ name: String(side), title: text('detail.side', { side }) }));
  fillSelect(select, [{ name: '', title: text('detail.usual') }, ...rows]);
  select.value = detail === undefined ? '' : String(detail);
  select.addEventListener('change', () => {
    const address = new URLSearchParams(location.search);
    if (select.value === '') address.delete('detail');
    else address.set('detail', select.value);
    location.assign(`${location.pathname}?${address}`);
  });
}
