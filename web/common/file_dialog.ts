// A file input that stays hidden: buttons open its dialog.
import { byId } from './dom.js';

/** At least one. */
export type Files = readonly [File, ...File[]];

/** What was dropped, pasted or chosen, where that is files. */
export function filesOf(data: { files: FileList | null } | null): Files | undefined {
  const [first, ...others] = data?.files ?? [];
  return first && [first, ...others];
}

/** Opens the dialog of the input with this id; `take` is told the files that are chosen, which may be the same again. */
export function createFileDialog(id: string, take: (files: Files) => void): () => void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const files = filesOf(input);
    if (files) take(files);
    input.value = '';
  });
  return () => input.click();
}
