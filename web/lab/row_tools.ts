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
  const file = `${own.title.replaceAll(/\W+/g, '-').toLowerCase()}.onnx`;
  const named = <T extends HTMLElement>(node: T, label: string) => {
    node.setAttribute('aria-label', label);
    return node;
  };
  const open = make('a', { href: addressOf(own), textContent: 'Explain', title: 'On the first page' });
  const link = (name: string, bytes: Uint8Array<ArrayBuffer>, textContent: string) => {
    const href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
    return make('a', { href, download: name, textContent, title: 'Download' });
  };
  const download = link(file, own.onnx, 'ONNX');
  const others = Object.entries(own.files ?? {}).map(([name, bytes]) =>
    named(link(name, bytes, 'data'), `“${name}” of “${own.title}”`),
  );
  const away = make('button', { type: 'button', className: 'link', textContent: 'Remove' });
  away.addEventListener('click', remove);
  return {
    node: make(
      'span',
      { className: 'tools' },
      named(open, `Explain with “${own.title}” on the first page`),
      named(download, `ONNX file of “${own.title}”`),
      ...others,
      named(away, `Remove “${own.title}”`),
    ),
    end() {
      for (const { href } of [download, ...others]) URL.revokeObjectURL(href);
    },
  };
}
