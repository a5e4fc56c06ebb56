// Drop, paste or choose: each ends in one file handed on.
import { byId } from './dom.js';

const firstFile = (data: DataTransfer | null) => [...(data?.files ?? [])][0];

export function createPhotoInput(take: (file: File) => void): { choose: () => void } {
  const input = byId<HTMLInputElement>('file');
  const curtain = byId('drop');
  const choose = () => input.click();

  byId('choose').addEventListener('click', choose);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) take(file);
    // The same file may be chosen again.
    input.value = '';
  });

  addEventListener('paste', (event) => {
    const file = firstFile(event.clipboardData);
    if (!file) return;
    event.preventDefault();
    take(file);
  });

  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    curtain.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    // Left the window, not one of its elements for another.
    if (event.relatedTarget === null) curtain.hidden = true;
  });
  addEventListener('drop', (event) => {
    curtain.hidden = true;
    if (!carriesFile(event)) return;
    event.preventDefault();
    const file = firstFile(event.dataTransfer);
    if (file) take(file);
  });
  return { choose };
}
