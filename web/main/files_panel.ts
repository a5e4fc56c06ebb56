// Save, share, merge: pictures, tensors, figures, links, runs.
import { formatNpy, isSampled } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { download } from '../common/download.js';
import { createFileDialog } from '../common/file_dialog.js';
import type { Notices } from '../common/notice.js';
import { isOwnName } from '../common/own_models.js';
import { findPhoto, lostPhoto } from '../common/photos.js';
import { savePicture } from '../common/saved_picture.js';
import { modelName, session } from '../common/session.js';
import { text } from '../common/texts.js';
import { gatherFigures, linkOf, ownPart } from './figures.js';
import type { LiveMap } from './live.js';
import type { Pace } from './pace.js';
import { linkWithPicture } from './picture_link.js';
import { stageAt } from './stage_picture.js';
import type { State } from './state.js';
import type { Store } from './store.js';

const bytes = (content: Uint8Array) => new Blob([content as Uint8Array<ArrayBuffer>]);

/** By what is on this machine alone. */
const linkWords = {
  none: text('link.none'),
  photo: text('link.photo'),
  network: text('link.network'),
};

export const isRun = ({ name }: File) => name.toLowerCase().endsWith('.run');

/** Of a saved picture. */
export interface PictureWords {
  caption(state: State): string[];
  /** Parts of the file's name. */
  name(state: State): string[];
}

/** The sides of photo and map beside each other, and of the map alone. */
const sides = { both: 560, alone: 896 };

export interface Files {
  /** Adds the samples of a saved run to those on the stage. */
  merge(file: File): Promise<void>;
}

export function createFilesPanel(
  store: Store,
  maps: { map: LiveMap; plain: LiveMap },
  notices: Notices,
  pace: Pace,
  words: PictureWords,
): Files {
  const { map, plain } = maps;
  const say = (words: string) => {
    byId('saved').textContent = words;
  };

  /** What is on the stage, and the start of the names of its files. */
  async function shown() {
    const { progress, explanation, raw } = map;
    if (!progress || !raw || progress.done === 0) throw new Error(text('files.none'));
    const { model } = await session();
    const subject = (model.classNames[progress.target] ?? `class-${progress.target}`).replaceAll(/\W+/g, '-').toLowerCase();
    const sampled = () => {
      if (!explanation || !isSampled(progress)) throw new Error(text('files.sampled'));
      return explanation;
    };
    return { progress, explanation, raw, sampled, name: `${store.get().method}-${subject}-${progress.done}` };
  }

  const savers: Record<string, () => Promise<string>> = {
    async 'copy-link'() {
      const link = linkOf(store.get());
      if (!link) throw new Error(text(ownPart(store.get()) === 'network' ? 'files.own.network' : 'files.own.photo'));
      await navigator.clipboard.writeText(link);
      return text('files.link');
    },
    async 'link-picture'() {
      const { model } = await session();
      const photo = await findPhoto(store.get().photo);
      if (!photo) throw new Error(lostPhoto);
      const { link, name } = await linkWithPicture(location.href, photo, model);
      await navigator.clipboard.writeText(link);
      // What others will see of it is what is explained here, too.
      store.set({ photo: name });
      return text('files.link.picture', { length: link.length });
    },
    async 'save-picture'() {
      await shown();
      const state = store.get();
      const name = words.name(state);
      const isWhole = byId<HTMLInputElement>('caption').checked;
      const size = isWhole ? sides.both : sides.alone;
      const stage = stageAt(size, { map: map.canvas, plain: plain.canvas }, state);
      const canvases = isWhole ? [byId<HTMLCanvasElement>('photo'), stage] : [stage];
      const file = await savePicture({
        rows: [{ title: '' }],
        columns: isWhole ? [{ title: text('files.photo') }, { title: name.at(-1) ?? '' }] : [{ title: '' }],
        size,
        cell: (_, column) => canvases[column],
        photo: () => undefined,
        note: () => '',
        caption: isWhole ? words.caption(state) : [],
        name,
      });
      return text('files.saved', { file });
    },
    async 'save-map'() {
      const { raw, name } = await shown();
      const { width, height } = raw;
      download(bytes(formatNpy({ shape: [height, width], data: raw.map })), `${name}-map.npy`);
      return text('files.saved.tensor', { file: `${name}-map.npy`, shape: `${height} × ${width}` });
    },
    async 'save-attribution'() {
      const { sampled, name } = await shown();
      const { reduction } = store.get();
      const tensor = await sampled().attribution(reduction === undefined ? {} : { reduction });
      download(bytes(formatNpy(tensor)), `${name}.npy`);
      return text('files.saved.tensor', { file: `${name}.npy`, shape: tensor.shape.join(' × ') });
    },
    async 'save-figures'() {
      const { progress, explanation, name } = await shown();
      const figures = await gatherFigures(store.get(), progress, explanation, await session());
      download(new Blob([`${JSON.stringify(figures, null, 2)}\n`], { type: 'application/json' }), `${name}.json`);
      return text('files.saved', { file: `${name}.json` });
    },
    async 'save-run'() {
      const { sampled, name } = await shown();
      const saved = await sampled().save();
      download(bytes(saved), `${name}.run`);
      return text('files.saved.run', { file: `${name}.run` });
    },
  };
  for (const [id, save] of Object.entries(savers)) {
    byId(id).addEventListener('click', () => save().then(say, (error: Error) => notices.show(error.message)));
  }

  /** What this run has not computed yet may come from the other: then it ends where it is. */
  async function mergeInPlaceOfTheRest(saved: Uint8Array) {
    const { samples } = store.get();
    pace.set('user', true);
    // Until it is known how many there are.
    while (map.progress?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    const { progress } = map;
    if (!progress || progress.state === 'done') return map.merge(saved);
    store.set({ samples: Math.max(1, map.ownSamples) }, 'replace');
    try {
      await map.merge(saved);
    } catch (error) {
      store.set({ samples }, 'replace');
      throw error;
    }
  }

  async function merge(file: File) {
    try {
      (await shown()).sampled();
      const saved = new Uint8Array(await file.arrayBuffer());
      await map.merge(saved).catch(() => mergeInPlaceOfTheRest(saved));
      notices.hide();
      byId<HTMLDetailsElement>('files-panel').open = true;
      say(text('files.merged', { name: file.name }));
    } catch (error) {
      notices.show(text('files.unmerged', { name: file.name, reason: (error as Error).message.replace(/\.$/, '') }));
    }
  }

  byId('merge-run').addEventListener(
    'click',
    createFileDialog('run-file', ([file]) => merge(file)),
  );
  store.subscribe((state) => {
    const own = ownPart(state);
    byId('link-words').textContent = linkWords[own ?? 'none'];
    byId('link-picture').hidden = own !== 'photo' || isOwnName(modelName);
  });
  return { merge };
}
