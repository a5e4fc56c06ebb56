// In place of packages_by_name.ts in what bundlers take: they always have the packages, and of what is imported when it is wanted they make
// a piece of its own, a line long, which a network would be asked for behind.
import * as efficientNetLite0 from 'smoothgrad-efficientnet-lite0';
import * as squeezeNet from 'smoothgrad-squeezenet';
import type { ModelPackages } from './packaged_models.js';

export const packages: ModelPackages = {
  'smoothgrad-efficientnet-lite0': async () => efficientNetLite0,
  'smoothgrad-squeezenet': async () => squeezeNet,
};
