// A model of the user's own on the first page: an ONNX file is opened and kept in this browser, and removed from it.
import type { Engine, Model, SmoothGradError } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { createFileDialog } from '../common/file_dialog.js';
import { kindOf } from '../common/model_kind.js';
import { addressOf } from '../common/model_menu.js';
import type { Notices } from '../common/notice.js';
import { isOwnName, keepModel, removeModel } from '../common/own_models.js';
import { defaultModel, modelName, session } from '../common/session.js';

export const isModel = ({ name }: File) => name.toLowerCase().endsWith('.onnx');

export const openDefault = () => location.assign(addressOf({ name: defaultModel, kind: 'photos' }));

export interface OwnModelPanel {
  /** Keeps the file in this browser and opens the page with it; refused, with everything left as it is, where it is no model. */
  open(file: File): Promise<void>;
}

/** What most networks of an open size were trained on. */
const usualSize = 224;

/** With the usual size where the file leaves its own open. */
async function load(engine: Engine, onnx: Uint8Array): Promise<{ model: Model; size?: number }> {
  try {
    return { model: await engine.loadModel(onnx.slice()) };
  } catch (first) {
    try {
      return { model: await engine.loadModel(onnx.slice(), { size: usualSize }), size: usualSize };
    } catch (second) {
      // It has a size: that was not what was wrong.
      throw (second as SmoothGradError).code === 'bad-option' ? first : second;
    }
  }
}

export function createOwnModel(notices: Notices): OwnModelPanel {
  async function open(file: File) {
    try {
      const { engine } = await session();
      const onnx = new Uint8Array(await file.arrayBuffer());
      const { model, ...size } = await load(engine, onnx);
      const kind = kindOf(model);
      const title = model.title === model.name ? file.name.replace(/\.onnx$/i, '') : model.title;
      model.close();
      location.assign(addressOf(await keepModel({ title, kind, onnx, ...size })));
    } catch (error) {
      const reason = (error as Error).message.replace(/^the model: /, '').replace(/\.$/, '');
      notices.show(`“${file.name}” could not be opened: ${reason}. The model is as it was.`);
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
