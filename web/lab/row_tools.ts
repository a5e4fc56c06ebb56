// What can be done with a network that was trained here, beside its answer: use it on the first page, download it, remove it.
import { make } from '../common/dom.js';
import { addressOf } from '../common/model_menu.js';
import type { OwnModel } from '../common/own_models.js';

export interface RowTools {
  node: HTMLElement;
  /** The row is gone. */
  end(): void;
}

export function createRowTools(own: OwnModel, remove: () => void): RowTools {
  const href = URL.createObjectURL(new Blob([own.onnx], { type: 'application/octet-stream' }));
  const file = `${own.title.replaceAll(/\W+/g, '-').toLowerCase()}.onnx`;
  const named = <T extends HTMLElement>(node: T, label: string) => {
    node.setAttribute('aria-label', label);
    return node;
  };
  const open = make('a', { href: addressOf(own), textContent: 'Explain', title: 'On the first page' });
  const download = make('a', { href, download: file, textContent: 'ONNX', title: 'Download' });
  const away = make('button', { type: 'button', className: 'link', textContent: 'Remove' });
  away.addEventListener('click', remove);
  return {
    node: make(
      'span',
      { className: 'tools' },
      named(open, `Explain with “${own.title}” on the first page`),
      named(download, `ONNX file of “${own.title}”`),
      named(away, `Remove “${own.title}”`),
    ),
    end: () => URL.revokeObjectURL(href),
  };
}
