// Save, share, merge: pictures, tensors, figures, links, runs.
import { formatNpy, isSampled } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { createFileDialog } from '../common/file_dialog.js';
import type { Notices } from '../common/notice.js';
import { download } from '../common/picture.js';
import { session } from '../common/session.js';
import { exportPicture } from './export_picture.js';
import { gatherFigures, linkOf, ownPart } from './figures.js';
import type { LiveMap } from './live.js';
import type { Pace } from './pace.js';
import type { State } from './state.js';
import type { Store } from './store.js';

const bytes = (content: Uint8Array) => new Blob([content as Uint8Array<ArrayBuffer>]);

/** By what is on this machine alone. */
const linkWords = {
  none: 'The link reopens exactly this: its settings, its view, its noise.',
  photo: 'Your photo is in no link and in no file but the picture: a link would show a sample photo.',
  network: 'Your network is in no link: only this browser has it.',
};

export const isRun = ({ name }: File) => name.toLowerCase().endsWith('.run');

export interface Files {
  /** Adds the samples of a saved run to those on the stage. */
  merge(file: File): Promise<void>;
}

export function createFilesPanel(
  store: Store,
  maps: { map: LiveMap; plain: LiveMap },
  notices: Notices,
  pace: Pace,
  caption: (state: State) => string[],
): Files {
  const { map, plain } = maps;
  const say = (words: string) => {
    byId('saved').textContent = words;
  };

  /** What is on the stage, and the start of the names of its files. */
  async function shown() {
    const { progress, explanation, raw } = map;
    if (!progress || !raw || progress.done === 0) throw new Error('There is no map yet.');
    const { model } = await session();
    const subject = (model.classNames[progress.target] ?? `class-${progress.target}`).replaceAll(/\W+/g, '-').toLowerCase();
    const sampled = () => {
      if (!explanation || !isSampled(progress))
        throw new Error('This map is made without samples: there is a picture, a map, and figures to save.');
      return explanation;
    };
    return { progress, explanation, raw, sampled, name: `${store.get().method}-${subject}-${progress.done}` };
  }

  const savers: Record<string, () => Promise<string>> = {
    async 'copy-link'() {
      const link = linkOf(store.get());
      if (!link) throw new Error(`Your ${ownPart(store.get())} never leaves this machine, so no link can show it.`);
      await navigator.clipboard.writeText(link);
      return 'The link is in the clipboard.';
    },
    async 'save-picture'() {
      const { name } = await shown();
      const words = byId<HTMLInputElement>('caption').checked ? caption(store.get()) : [];
      const file = `${name}.png`;
      download(await exportPicture({ map: map.canvas, plain: plain.canvas }, store.get(), words), file);
      return `Saved as ${file}.`;
    },
    async 'save-map'() {
      const { raw, name } = await shown();
      const { width, height } = raw;
      download(bytes(formatNpy({ shape: [height, width], data: raw.map })), `${name}-map.npy`);
      return `Saved as ${name}-map.npy: float32, ${height} × ${width}.`;
    },
    async 'save-attribution'() {
      const { sampled, name } = await shown();
      const { reduction } = store.get();
      const tensor = await sampled().attribution(reduction === undefined ? {} : { reduction });
      download(bytes(formatNpy(tensor)), `${name}.npy`);
      return `Saved as ${name}.npy: float32, ${tensor.shape.join(' × ')}.`;
    },
    async 'save-figures'() {
      const { progress, explanation, name } = await shown();
      const figures = await gatherFigures(store.get(), progress, explanation, await session());
      download(new Blob([`${JSON.stringify(figures, null, 2)}\n`], { type: 'application/json' }), `${name}.json`);
      return `Saved as ${name}.json.`;
    },
    async 'save-run'() {
      const { sampled, name } = await shown();
      const saved = await sampled().save();
      download(bytes(saved), `${name}.run`);
      return `Saved as ${name}.run. Drop it on this page, with the same settings, to merge it.`;
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
      say(`“${file.name}” is merged.`);
    } catch (error) {
      notices.show(`“${file.name}” could not be merged: ${(error as Error).message.replace(/\.$/, '')}. The map is as it was.`);
    }
  }

  byId('merge-run').addEventListener(
    'click',
    createFileDialog('run-file', ([file]) => merge(file)),
  );
  store.subscribe((state) => {
    byId('link-words').textContent = linkWords[ownPart(state) ?? 'none'];
  });
  return { merge };
}
