// The packages of photo models as Node finds them, and pages that have an import map. Nothing fails before a model is wanted.
import type { ModelPackages } from './packaged_models.js';

export const packages: ModelPackages = {
  'smoothgrad-efficientnet-lite0': () => import('smoothgrad-efficientnet-lite0'),
  'smoothgrad-squeezenet': () => import('smoothgrad-squeezenet'),
};
