// Networks of the user's own, trained in the lab or opened from a file: ONNX that this browser keeps for this site.
import type { ModelOptions, ShippedModel } from 'smoothgrad';
import { ask } from './database.js';
import { digestOf } from './digest.js';
import { text } from './texts.js';
import { visit } from './visit.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** What was said of it on its sheet, where that is not what the file says. */
export type ModelSettings = Pick<
  ModelOptions,
  'size' | 'fit' | 'resize' | 'mean' | 'std' | 'channelOrder' | 'classNames' | 'output' | 'ending'
>;

/** What it is loaded from. */
export interface OwnFile {
  onnx: Bytes;
  /** Those beside it that may hold its weights, by their names. */
  files?: Record<string, Bytes>;
  /** Of its input, where the file leaves it open: of those that were kept before there were settings. */
  size?: number;
  settings?: ModelSettings;
}

export interface OwnModel extends OwnFile, Pick<ShippedModel, 'title' | 'kind' | 'noise' | 'accuracy'> {
  /** What an address calls it. */
  name: string;
  /** When, in milliseconds since 1970. */
  kept: number;
}

/** Of loadModel(). */
export const loadOptions = ({ files, size, settings }: OwnFile): ModelSettings & Pick<ModelOptions, 'files'> => ({
  ...(files === undefined ? {} : { files }),
  ...(size === undefined ? {} : { size }),
  ...settings,
});

export const isOwnName = (name: string) => name.startsWith('own-');

/** The earliest first; where the browser keeps nothing for sites, that of this visit. */
export async function ownModels(): Promise<OwnModel[]> {
  const all = await ask<OwnModel[]>('models', 'readonly', (models) => models.getAll()).catch(() => []);
  return [...all.sort((a, b) => a.kept - b.kept), ...[visit.model ?? []].flat()];
}

/** Rejects in words for people where there is none of this name. */
export async function findOwnModel(name: string): Promise<OwnModel> {
  if (visit.model?.name === name) return visit.model;
  const found = await ask<OwnModel | undefined>('models', 'readonly', (models) => models.get(name)).catch(() => undefined);
  if (!found) throw new Error(text('models.lost'));
  return found;
}

const partsOf = ({ onnx, files = {} }: OwnFile) => [
  onnx,
  ...Object.keys(files)
    .sort()
    .flatMap((name) => files[name] ?? []),
];
const sizesOf = (file: OwnFile) =>
  partsOf(file)
    .map(({ byteLength }) => byteLength)
    .join();
const digestsOf = async (file: OwnFile) => (await Promise.all(partsOf(file).map(digestOf))).join();

/** That of the same files, if it is kept already; not known where the browser has no digests. */
export async function findSameModel(file: OwnFile): Promise<OwnModel | undefined> {
  const alike = (await ownModels()).filter((own) => own !== visit.model && sizesOf(own) === sizesOf(file));
  if (alike.length === 0 || (await digestOf(file.onnx)) === undefined) return undefined;
  const digests = await digestsOf(file);
  for (const own of alike.reverse()) if ((await digestsOf(own)) === digests) return own;
  return undefined;
}

/** Under a new name; not kept yet. */
export const newModel = (model: Omit<OwnModel, 'name' | 'kept'>): OwnModel => ({
  ...model,
  name: `own-${crypto.randomUUID().slice(0, 8)}`,
  kept: Date.now(),
});

/** Keeps it, under a new name. Rejects where the browser does not. */
export async function keepModel(model: Omit<OwnModel, 'name' | 'kept'>): Promise<OwnModel> {
  const own = newModel(model);
  await putModel(own);
  return own;
}

/** As it was, also after it was removed. */
export const putModel = (own: OwnModel) => ask('models', 'readwrite', (models) => models.put(own));

export const removeModel = (name: string) => ask('models', 'readwrite', (models) => models.delete(name));
