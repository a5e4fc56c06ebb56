// models/manifest.json, part of the code: it is small, and a page need not wait for it before it asks for a model.
import type { ShippedModel } from '../api/index.js';

/** Put here by the build. */
declare const SMOOTHGRAD_MODELS: readonly ShippedModel[];

export const shippedModels = (): ShippedModel[] => structuredClone([...SMOOTHGRAD_MODELS]);
