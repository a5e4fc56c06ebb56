// A file input that stays hidden: buttons open its dialog.
import { byId } from './dom.js';

/** Opens the dialog of the input with this id; `take` is told the file that is chosen, which may be the same again. */
export function createFileDialog(id: string, take: (file: File) => void): () => void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) take(file);
    input.value = '';
  });
  return () => input.click();
}
