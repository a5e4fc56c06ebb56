// Drop, paste or choose: each ends in files handed on, with the node where it happened.
import { byId } from './dom.js';
import { createFileDialog, type Files, filesOf } from './file_dialog.js';

type Take = (files: Files, where: Element | null, x?: number) => void;

/**
 * `buttons` open the file dialog; the first one's is `choose`. Where the page has one, `#camera` takes a photo at once. `take` is
 * told the button, what had the focus when it was pasted, or over what and how far from the left of the window it was dropped.
 */
export function createPhotoInput(take: Take, buttons: readonly HTMLElement[] = [byId('choose')]) {
  const curtain = byId('drop');
  let where: HTMLElement | null = null;
  const openDialog = createFileDialog('file', (files) => take(files, where));
  const choose = (button = buttons[0] ?? null) => {
    where = button;
    openDialog();
  };

  for (const button of buttons) button.addEventListener('click', () => choose(button));
  const camera = document.getElementById('camera');
  camera?.addEventListener(
    'click',
    createFileDialog('camera-file', (files) => take(files, camera)),
  );

  addEventListener('paste', (event) => {
    const files = filesOf(event.clipboardData);
    if (!files) return;
    event.preventDefault();
    take(files, document.activeElement);
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
    const files = filesOf(event.dataTransfer);
    if (files) take(files, event.target as Element | null, event.clientX);
  });
  return { choose };
}
