// Models that are packages of their own, so that this one stays small for who brings a model along. A bundler or Node finds them by
// their names; where nobody does, or a copy of this package's folder is used, their folders lie beside it.
import type { FileAccess } from './file_access.js';
import type { Locate } from './open_service.js';

const names = {
  'efficientnet-lite0.onnx': 'smoothgrad-efficientnet-lite0',
  'squeezenet.onnx': 'smoothgrad-squeezenet',
} as const;

/** Each says where its file is; rejects where nobody finds packages by their names. */
export type ModelPackages = Readonly<Record<(typeof names)[keyof typeof names], () => Promise<{ address(): URL }>>>;

/** The absolute address of a shipped model's file. */
export async function modelAddress(file: string, files: FileAccess, locate: Locate): Promise<string> {
  const name = (names as Readonly<Record<string, keyof ModelPackages>>)[file];
  if (name === undefined) return locate(`models/${file}`);
  if (locate === files.own) {
    try {
      const found = await files.packages?.[name]();
      if (found) return files.resolve(found.address().href);
    } catch {
      // Nobody here finds a package by its name.
    }
  }
  return locate(`../${name}/${file}`);
}
