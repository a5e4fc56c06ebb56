// A model of the user's own on the first page: an ONNX file is opened, made ready on its sheet, and kept in this browser; and removed.
import { createEngine, type Engine, type Model, type ShippedModel, type SmoothGradError } from 'smoothgrad';
import { endArrival, showArrivalOfLarge } from '../common/arrival.js';
import { byId } from '../common/dom.js';
import { reasonOf } from '../common/failures.js';
import { createFileDialog, type Files } from '../common/file_dialog.js';
import { kindOf } from '../common/model_kind.js';
import { addressOf } from '../common/model_menu.js';
import type { Notices } from '../common/notice.js';
import {
  findOwnModel,
  findSameModel,
  isOwnName,
  loadOptions,
  newModel,
  type OwnFile,
  type OwnModel,
  putModel,
  removeModel,
} from '../common/own_models.js';
import { findPhoto } from '../common/photos.js';
import { findSample } from '../common/sample_photos.js';
import { closeSession, defaultModel, modelName, session } from '../common/session.js';
import { text } from '../common/texts.js';
import { visitWith } from '../common/visit.js';
import type { Pace } from './pace.js';
import { createSheet, type Subject } from './sheet/sheet.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

export const isModel = ({ name }: File) => name.toLowerCase().endsWith('.onnx');

export const openDefault = () => location.assign(addressOf({ name: defaultModel, kind: 'photos' }));

export interface OwnModelPanel {
  /**
   * Opens the sheet of the model among the files, whose weights may be in the others; refused, with everything left as it is,
   * where it is none or a file is missing.
   */
  open(files: Files): Promise<void>;
}

/** What most networks of an open size were trained on. */
const usualSize = 224;

/** With the usual size where the file leaves its own open. */
async function load(engine: Engine, own: OwnFile): Promise<{ model: Model; isOpen: boolean }> {
  try {
    return { model: await engine.loadModel(own.onnx, { ...loadOptions(own), onProgress: showArrivalOfLarge }), isOpen: false };
  } catch (first) {
    try {
      return { model: await engine.loadModel(own.onnx, loadOptions({ ...own, size: usualSize })), isOpen: true };
    } catch (second) {
      // It has a size: that was not what was wrong.
      throw (second as SmoothGradError).code === 'bad-option' ? first : second;
    }
  }
}

interface Showing {
  title(model: Model): string;
  /** The one that is changed. */
  kept?: OwnModel;
  /** Kept, under its name: where the page goes on. */
  go(own: OwnModel, before?: ShippedModel['kind']): void;
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

/** What a folder with a model has beside it, and no model keeps weights in. */
const noWeights = /\.(md|txt|json|ya?ml|py|ipynb|csv|png|jpe?g|webp|gif|zip|h5|keras|pth?|safetensors|pb|tflite)$/i;

/** Of the files beside a model, those that may hold its weights. */
async function readBeside(files: Files): Promise<OwnFile['files']> {
  const others = files.filter((file) => !isModel(file) && !noWeights.test(file.name));
  const read = await Promise.all(others.map(async (file) => [file.name, await bytesOf(file)] as const));
  return read.length === 0 ? undefined : Object.fromEntries(read);
}

/** The files beside it are only read where it asks for them. */
async function loadWith(engine: Engine, own: OwnFile, files?: Files) {
  try {
    return { ...(await load(engine, own)), whole: own };
  } catch (error) {
    const beside = files && (error as SmoothGradError).code === 'not-found' ? await readBeside(files) : undefined;
    if (!beside) throw error;
    const whole = { ...own, files: beside };
    return { ...(await load(engine, whole)), whole };
  }
}

/** The page's own; where that has none, because its model is not there, another. */
async function engineInUse(): Promise<{ engine: Engine; model?: Model; close(): void }> {
  try {
    return { ...(await session()), close: () => {} };
  } catch {
    const engine = await createEngine();
    return { engine, close: () => engine.close() };
  }
}

/** The names of the model that comes with the site. */
async function imageNetNames(): Promise<readonly string[]> {
  const { engine, model, close } = await engineInUse();
  try {
    if (model?.name === defaultModel) return model.classNames;
    const shipped = await engine.loadModel(defaultModel);
    shipped.close();
    return shipped.classNames;
  } finally {
    close();
  }
}

export function createOwnModel(store: Store, notices: Notices, pace: Pace): OwnModelPanel {
  const sheet = createSheet(imageNetNames);

  /** The one in view, if that is what such a network looks at. */
  async function photoFor(kind: ShippedModel['kind']): Promise<Blob> {
    const { photo } = store.get();
    const sample = findSample(photo);
    const suiting = sample && sample.kind !== kind ? { digits: 'digit-4', photos: defaults.photo }[kind] : photo;
    return ((await findPhoto(suiting)) ?? (await findPhoto(defaults.photo))) as Blob;
  }

  /** Until it is closed; the run rests. */
  async function show(own: OwnFile, { title, kept, go }: Showing, files?: Files) {
    const { engine, model: current, close } = await engineInUse();
    pace.set('sheet', true);
    try {
      const { model, isOpen, whole } = await loadWith(engine, own, files);
      model.close();
      const kind = kindOf(model);
      endArrival();
      const photo = await photoFor(kind);
      const same = kept ?? (await findSameModel(whole));
      const before = current && kindOf(current);
      const { size, ...rest }: Partial<OwnModel> = same ?? {};
      const said = { ...(size === undefined ? {} : { size }), ...rest.settings };
      /** Where it is kept already, in its place. */
      const ready = (title: string, settings: Subject['settings']): OwnModel => ({
        ...newModel({ ...whole, title, kind }),
        ...rest,
        title,
        settings,
      });
      await sheet.open({
        engine,
        own: whole,
        facts: { ...model, isOpen },
        title: same?.title ?? title(model),
        settings: said,
        photo,
        isKept: kept !== undefined,
        isSame: !kept && same !== undefined,
        async keep(title, settings) {
          const own = ready(title, settings);
          await putModel(own);
          go(own, before);
        },
        async visit(title, settings) {
          const own = ready(title, settings);
          // Its maps are gone with the page, and then its engine may go.
          visitWith(own, addressOf(own, undefined, undefined, before));
          await closeSession();
          await new Promise(() => {});
        },
      });
    } finally {
      endArrival();
      pace.set('sheet', false);
      close();
    }
  }

  async function open(files: Files) {
    const [file = files[0], another] = files.filter(isModel);
    try {
      if (another) throw new Error(text('model.several'));
      await show(
        { onnx: await bytesOf(file) },
        {
          title: (model) => (model.title === model.name ? file.name.replace(/\.onnx$/i, '') : model.title),
          go: (own, before) => location.assign(addressOf(own, undefined, undefined, before)),
        },
        files,
      );
    } catch (error) {
      const key = (error as SmoothGradError).code === 'not-found' ? 'model.unopened.files' : 'model.unopened';
      notices.show(text(key, { name: file.name, reason: reasonOf(error).replace(/^the model: /, '') }));
    }
  }
  byId('open-model').addEventListener('click', createFileDialog('model-file', open));

  async function change() {
    const kept = await findOwnModel(modelName);
    const { onnx, files } = kept;
    await show({ onnx, ...(files && { files }) }, { kept, title: () => kept.title, go: () => location.reload() });
  }
  const own = { 'model-settings': change, 'remove-model': () => removeModel(modelName).then(openDefault) };
  for (const [id, run] of Object.entries(own)) {
    byId(id).hidden = !isOwnName(modelName);
    byId(id).addEventListener('click', () =>
      run().catch((error: Error) => notices.show(text('model.failed', { reason: reasonOf(error) }))),
    );
  }
  return { open };
}
