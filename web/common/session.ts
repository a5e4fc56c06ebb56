// The engine and the models in use; after a lost worker, on demand, new ones.
import { createEngine, type Engine, type LoadingListener, type Model } from 'smoothgrad';
import { within, word } from './address.js';
import { keepOffline } from './offline.js';
import { findOwnModel, isOwnName, loadOptions } from './own_models.js';

export interface Session {
  engine: Engine;
  model: Model;
}

export const defaultModel = 'efficientnet-lite0';

const asked = new URLSearchParams(location.search).get('model') ?? '';

/** A file of this site; whoever sends a link has nobody's page ask another one. */
function fileHere(address: string): string | undefined {
  if (!/\.onnx$/.test(address)) return undefined;
  const { origin, href } = new URL(address, location.href);
  return origin === location.origin ? href : undefined;
}

/** Every page explains by the model that its address names, or by the file that it gives; what is neither is as by default. */
export const modelName = word(asked) ?? fileHere(asked) ?? defaultModel;

/** Side of the square that the network is shown, where the address names one. */
export const detail = within(32, 2048, true)(new URLSearchParams(location.search).get('detail') ?? '');

/** It comes while the engine starts. */
const early = isOwnName(modelName) || word(modelName) === undefined ? [] : [modelName];

/** What loadModel takes for it. */
async function modelSource() {
  const size = detail === undefined ? {} : { size: detail };
  if (!isOwnName(modelName)) return { source: modelName, options: size };
  const own = await findOwnModel(modelName);
  return { source: own.onnx, options: { ...loadOptions(own), ...size } };
}

let loading: LoadingListener = () => {};

/** `listener` is told how far the model is, in bytes. */
export function watchLoading(listener: typeof loading) {
  loading = listener;
}

async function open(): Promise<Session> {
  const { source, options } = await modelSource();
  const engine = await createEngine({ models: early });
  try {
    const onProgress: LoadingListener = (...progress) => loading(...progress);
    const model = await engine.loadModel(source, { ...options, onProgress });
    void keepOffline();
    return { engine, model };
  } catch (error) {
    engine.close();
    throw error;
  }
}

let current: Promise<Session> | undefined;
let randomised: { of: Promise<Session>; layers: number; model: Promise<Model> } | undefined;

/** Rejects with a SmoothGradError; the next call then tries anew. */
export function session(): Promise<Session> {
  if (!current) {
    const opening = open();
    current = opening;
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
  }
  return current;
}

/** The model, with so many layers from the last one down of random weights; the latest such model is kept. */
export async function modelWith(layers: number): Promise<Model> {
  const of = session();
  const { engine, model } = await of;
  if (layers === 0) return model;
  if (randomised?.of !== of || randomised.layers !== layers) {
    randomised?.model.then(
      (earlier) => earlier.close(),
      () => {},
    );
    const loading = modelSource().then(({ source, options }) =>
      engine.loadModel(source, { ...options, randomisedLayers: layers }),
    );
    randomised = { of, layers, model: loading };
    loading.catch(() => {
      if (randomised?.model === loading) randomised = undefined;
    });
  }
  return randomised.model;
}

/** The worker was lost: whoever asks next gets another. */
export async function closeSession() {
  const lost = current;
  current = undefined;
  (await lost?.catch(() => undefined))?.engine.close();
}
