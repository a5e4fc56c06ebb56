// Models that are packages of their own, so that this one stays small for who brings a model along. A bundler or Node finds them by
// their names; where nobody does, or a copy of this package's folder is used, their folders lie beside it.
import type { FileAccess } from './file_access.js';
import type { Locate } from './open_service.js';

interface ModelPackage {
  name: string;
  load(): Promise<{ address(): URL }>;
}

const packages: Readonly<Record<string, ModelPackage>> = {
  'efficientnet-lite0.onnx': {
    name: 'smoothgrad-efficientnet-lite0',
    load: () => import('smoothgrad-efficientnet-lite0'),
  },
  'squeezenet.onnx': {
    name: 'smoothgrad-squeezenet',
    load: () => import('smoothgrad-squeezenet'),
  },
};

/** The absolute address of a shipped model's file. */
export async function modelAddress(file: string, files: FileAccess, locate: Locate): Promise<string> {
  const own = packages[file];
  if (own === undefined) return locate(`models/${file}`);
  if (locate === files.own) {
    try {
      return files.resolve((await own.load()).address().href);
    } catch {
      // Nobody here finds a package by its name.
    }
  }
  return locate(`../${own.name}/${file}`);
}
