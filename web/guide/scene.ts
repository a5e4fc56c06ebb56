// What all figures look at: a photo as the network sees it, what the network says of it, and the answer that is asked about.
import type { ClassScore, Picture, PreparedPhoto, RawMap, RawTensor } from 'smoothgrad';
import type { Files } from '../common/file_dialog.js';
import { takeIn } from '../common/intake.js';
import type { Notices } from '../common/notice.js';
import { findPhoto, lostPhoto, pixelsOf, prepareOnce } from '../common/photos.js';
import { type Session, session } from '../common/session.js';
import { rangeOf, toMap } from '../common/tensors.js';
import { text } from '../common/texts.js';
import { defaults, type State, type Store } from './state.js';

export interface Scene extends Session {
  photo: PreparedPhoto;
  pixels: Picture;
  input: RawTensor;
  /** Of the input: noise is a share of it. */
  range: number;
  /** Best first. */
  top: readonly ClassScore[];
  target: number;
  /** What the answer is called. */
  name: string;
  /** Of the photo itself, and its map. */
  gradient: RawTensor;
  map: RawMap;
  /** Until another takes its place. */
  readonly current: boolean;
}

interface Needs {
  notices: Notices;
  changed: (scene: Scene) => void;
  failed: (error: unknown) => void;
}

/** The photo alone: other answers of it need no new look. */
async function see(name: string) {
  const [opened, file] = await Promise.all([session(), findPhoto(name)]);
  if (!file) throw new Error(lostPhoto);
  const photo = await prepareOnce(file, opened.model);
  const [pixels, input, top] = await Promise.all([pixelsOf(photo), photo.input(), opened.model.classify(photo)]);
  return { ...opened, photo, pixels, input, range: rangeOf(input), top };
}

export function createScenes(store: Store, { notices, changed, failed }: Needs) {
  let turn = 0;
  let seen: { name: string; what: ReturnType<typeof see> } | undefined;

  async function show({ photo, target: asked }: State) {
    const mine = ++turn;
    if (seen?.name !== photo) seen = { name: photo, what: see(photo) };
    const subject = await seen.what;
    const target = asked ?? subject.top[0]?.index ?? 0;
    const { gradient } = await subject.model.evaluate(subject.photo, { target });
    if (mine !== turn || !gradient) return;
    changed({
      ...subject,
      target,
      name: subject.model.classNames[target] ?? text('class', { index: target }),
      gradient,
      map: toMap(gradient.shape, gradient.data),
      get current() {
        return mine === turn;
      },
    });
  }
  const again = () => {
    const state = store.get();
    const mine = turn + 1;
    show(state).catch((error: unknown) => {
      if (mine !== turn) return;
      seen = undefined;
      if ((error as Error).message !== lostPhoto) return failed(error);
      notices.show(lostPhoto);
      store.set({ photo: defaults.photo, target: undefined }, 'replace');
    });
  };
  store.subscribe((state, before) => {
    if (state.photo !== before?.photo || state.target !== before?.target) again();
  });

  return {
    /** After a lost engine: everything anew. */
    again() {
      seen = undefined;
      again();
    },
    /** Files of the user's: the first picture comes into view. Where none is one, all is left as it is. */
    async take(files: Files) {
      await takeIn(files, {
        notices,
        left: (reason) => text('guide.kept', { reason }),
        kept(photo, nth) {
          if (nth === 0) store.set({ photo, target: undefined, x: undefined, y: undefined });
        },
      });
    },
  };
}
