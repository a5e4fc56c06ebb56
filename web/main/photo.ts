// The photo in view: found by its name, shown as the network sees it, handed to the maps. Own photos live in memory only.
import type { Model, SmoothGradElement } from 'smoothgrad/element';
import { byId } from '../shared/dom.js';
import type { Notices } from '../shared/notice.js';
import { findSample } from '../shared/sample_photos.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

type Pixels = Awaited<ReturnType<Model['prepare']>>['pixels'];

interface Own {
  file: File;
  pixels: Pixels;
}

const own = new Map<string, Own>();

async function fetchBlob(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be read: HTTP ${response.status}`);
  return response.blob();
}

function showPhoto({ width, height, data }: Pixels, alt: string) {
  const canvas = byId<HTMLCanvasElement>('photo');
  Object.assign(canvas, { width, height });
  const picture = new ImageData(width, height);
  picture.data.set(data);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  canvas.setAttribute('aria-label', alt);
  byId('photo-caption').textContent = `What the network sees: ${width} × ${height} pixels`;
}

export function createPhoto(
  store: Store,
  maps: readonly SmoothGradElement[],
  notices: Notices,
): { take: (file: File) => void } {
  const main = maps[0] as SmoothGradElement;
  let latest = 0;

  async function show(name: string) {
    const turn = ++latest;
    const sample = findSample(name);
    const mine = own.get(name);
    const source = mine?.file ?? (sample && (await fetchBlob(sample.url)));
    if (turn !== latest) return;
    if (!source) {
      notices.show('That photo was never stored anywhere, so it has to be chosen again. Here is a sample instead.');
      return store.set({ photo: defaults.photo, target: undefined }, 'replace');
    }
    for (const map of maps) map.photo = source;
    const pixels = mine?.pixels ?? (await (await main.ready).prepare(source)).pixels;
    if (turn !== latest) return;
    showPhoto(pixels, sample?.alt ?? 'Your photo');
  }

  const say = (error: unknown) => notices.show((error as Error).message);
  let shown: string | undefined;
  store.subscribe(({ photo }) => {
    if (photo === shown) return;
    shown = photo;
    show(photo).catch(say);
  });

  return {
    /** A file of the user's: refused, with everything left as it is, where it is not a picture. */
    async take(file) {
      const turn = ++latest;
      let pixels: Pixels;
      try {
        ({ pixels } = await (await main.ready).prepare(file));
      } catch (error) {
        const { code, message } = error as Error & { code?: string };
        const reason = code === 'bad-image' ? 'is not a picture that this browser can read' : `could not be used: ${message}`;
        return notices.show(`“${file.name}” ${reason}. The last map is kept.`);
      }
      if (turn !== latest) return;
      const name = `own-${own.size + 1}`;
      own.set(name, { file, pixels });
      notices.hide();
      store.set({ photo: name, target: undefined });
    },
  };
}
