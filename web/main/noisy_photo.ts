// The photo as the network sees it at the chosen noise: the copy that the run made last, over the photo while a switch is on.
import type { PreparedPhoto } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { showPixels } from '../common/pixels.js';
import { session } from '../common/session.js';
import { toPicture } from '../common/tensors.js';
import { text } from '../common/texts.js';
import { copyOf } from './copy.js';
import type { LiveMap } from './live.js';
import type { Store } from './store.js';

export interface NoisyPhoto {
  /** Another run begins. */
  begin(): void;
}

export function createNoisyPhoto(store: Store, map: LiveMap, photo: () => Promise<PreparedPhoto> | undefined): NoisyPhoto {
  const canvas = make('canvas', { id: 'noisy', hidden: true });
  canvas.setAttribute('role', 'img');
  const button = make('button', { type: 'button', id: 'see-noise', className: 'link', textContent: text('noisy.see') });
  const figure = byId('photo').closest('figure');
  byId('photo').after(canvas);
  figure?.append(button);
  let isOn = false;
  let turn = 0;

  async function show() {
    const mine = ++turn;
    const prepared = await photo();
    if (!prepared) return;
    const { engine, model } = await session();
    const state = store.get();
    const k = state.firstSample + Math.max(map.ownSamples - 1, 0);
    const copy = await copyOf(await prepared.input(), k, state, engine);
    if (mine !== turn || !isOn) return;
    showPixels(canvas, toPicture(copy, model.preprocessing));
    canvas.setAttribute('aria-label', text('noisy.photo', { copy: k + 1 }));
    canvas.dataset.noise = String(state.sigma ?? state.noise);
    canvas.hidden = false;
  }
  const refresh = () => {
    if (isOn) show().catch(() => {});
  };
  function set(on: boolean) {
    isOn = on;
    button.textContent = text(on ? 'noisy.off' : 'noisy.see');
    if (on) refresh();
    else canvas.hidden = true;
  }
  set(false);
  button.addEventListener('click', () => set(!isOn));
  return { begin: refresh };
}
