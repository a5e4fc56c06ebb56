// Drop, paste or choose: each ends in files handed on, with the node where it happened.
import { byId } from './dom.js';
import { createFileDialog, type Files, filesOf } from './file_dialog.js';
import { filesOfFolders } from './folder.js';
import type { Notices } from './notice.js';
import { pictureAddress, readPicture } from './picture_address.js';

type Take = (files: Files, where: Element | null, x?: number) => void;

const carried = ['Files', 'text/uri-list', 'text/html'];

/**
 * `buttons` open the file dialog; the first one's is `choose`. Where the page has one, `#camera` takes a photo at once. `take` is
 * told the button, what had the focus when it was pasted, or over what and how far from the left of the window it was dropped.
 */
export function createPhotoInput(take: Take, notices: Notices, buttons: readonly HTMLElement[] = [byId('choose')]) {
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

  /** Files, or a picture by its address: whether there is anything of that. */
  function receive(data: DataTransfer | null, where: Element | null, x?: number): boolean {
    const files = filesOf(data);
    const address = files ? undefined : pictureAddress(data);
    if (files) take(files, where, x);
    if (address !== undefined) {
      readPicture(address).then(
        (file) => take([file], where, x),
        ({ message }: Error) => notices.show(message),
      );
    }
    return files !== undefined || address !== undefined;
  }

  addEventListener('paste', (event) => {
    const { activeElement } = document;
    // Text that is pasted into a field is for that.
    if (activeElement?.matches('input, textarea') && !filesOf(event.clipboardData)) return;
    if (receive(event.clipboardData, activeElement)) event.preventDefault();
  });

  const mayCarry = (event: DragEvent) => carried.some((type) => event.dataTransfer?.types.includes(type));
  addEventListener('dragover', (event) => {
    if (!mayCarry(event)) return;
    event.preventDefault();
    curtain.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    // Left the window, not one of its elements for another.
    if (event.relatedTarget === null) curtain.hidden = true;
  });
  addEventListener('drop', (event) => {
    curtain.hidden = true;
    if (!mayCarry(event)) return;
    event.preventDefault();
    const { dataTransfer, target, clientX } = event;
    const over = target as Element | null;
    const inFolders = filesOfFolders(dataTransfer);
    if (!inFolders) return void receive(dataTransfer, over, clientX);
    inFolders.then(
      ([first, ...others]) => first && take([first, ...others], over, clientX),
      ({ message }: Error) => notices.show(message),
    );
  });
  return { choose };
}
