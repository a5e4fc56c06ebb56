// A model of the user's own on the first page: an ONNX file is opened and kept in this browser, and removed from it.
import type { Engine, Model, SmoothGradError } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { createFileDialog, type Files } from '../common/file_dialog.js';
import { kindOf } from '../common/model_kind.js';
import { addressOf } from '../common/model_menu.js';
import type { Notices } from '../common/notice.js';
import { isOwnName, keepModel, loadOptions, type OwnFile, removeModel } from '../common/own_models.js';
import { defaultModel, modelName, session } from '../common/session.js';

export const isModel = ({ name }: File) => name.toLowerCase().endsWith('.onnx');

export const openDefault = () => location.assign(addressOf({ name: defaultModel, kind: 'photos' }));

export interface OwnModelPanel {
  /**
   * Keeps the model among the files in this browser, the others with it, and opens the page with it; refused, with everything left
   * as it is, where it is none or a file is missing.
   */
  open(files: Files): Promise<void>;
}

/** What most networks of an open size were trained on. */
const usualSize = 224;

/** With the usual size where the file leaves its own open. */
async function load(engine: Engine, own: OwnFile): Promise<{ model: Model; size?: number }> {
  try {
    return { model: await engine.loadModel(own.onnx, loadOptions(own)) };
  } catch (first) {
    try {
      const size = usualSize;
      return { model: await engine.loadModel(own.onnx, loadOptions({ ...own, size })), size };
    } catch (second) {
      // It has a size: that was not what was wrong.
      throw (second as SmoothGradError).code === 'bad-option' ? first : second;
    }
  }
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

/** The model among the files; all others may hold its weights. */
async function read(files: Files, model: File): Promise<OwnFile> {
  const others = files.filter((file) => !isModel(file));
  const read = await Promise.all(others.map(async (file) => [file.name, await bytesOf(file)] as const));
  return { onnx: await bytesOf(model), ...(read.length === 0 ? {} : { files: Object.fromEntries(read) }) };
}

export function createOwnModel(notices: Notices): OwnModelPanel {
  async function open(files: Files) {
    const file = files.find(isModel) ?? files[0];
    try {
      const { engine } = await session();
      const own = await read(files, file);
      const { model, ...size } = await load(engine, own);
      const kind = kindOf(model);
      const title = model.title === model.name ? file.name.replace(/\.onnx$/i, '') : model.title;
      model.close();
      location.assign(addressOf(await keepModel({ title, kind, ...own, ...size })));
    } catch (error) {
      const { code, message } = error as SmoothGradError;
      const reason = message.replace(/^the model: /, '').replace(/\.$/, '');
      const way = code === 'not-found' ? ' Drop or choose all of them together.' : '';
      notices.show(`“${file.name}” could not be opened: ${reason}.${way} The model is as it was.`);
    }
  }
  byId('open-model').addEventListener('click', createFileDialog('model-file', open));

  const remove = byId('remove-model');
  remove.hidden = !isOwnName(modelName);
  remove.addEventListener('click', () =>
    removeModel(modelName).then(openDefault, ({ message }: Error) => notices.show(`It could not be removed: ${message}`)),
  );
  return { open };
}
