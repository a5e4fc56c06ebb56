// The engine and the model in use; after a lost worker, on demand, new ones.
import { createEngine, type Engine, type Model } from 'smoothgrad';

export interface Session {
  engine: Engine;
  model: Model;
}

const modelName = 'efficientnet-lite0';

async function open(): Promise<Session> {
  const engine = await createEngine();
  try {
    return { engine, model: await engine.loadModel(modelName) };
  } catch (error) {
    engine.close();
    throw error;
  }
}

let current: Promise<Session> | undefined;

/** Rejects with a SmoothGradError; the next call then tries anew. */
export function session(): Promise<Session> {
  if (!current) {
    const opening = open();
    current = opening;
    opening.catch(() => forget(opening));
  }
  return current;
}

function forget(opening: Promise<Session>) {
  if (current === opening) current = undefined;
}

/** The worker was lost: whoever asks next gets another. */
export async function closeSession() {
  const lost = current;
  current = undefined;
  (await lost?.catch(() => undefined))?.engine.close();
}
