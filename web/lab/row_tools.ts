// What can be done with a network that was trained here, beside its answer: use it on the first page, download it, remove it.
import { make } from '../common/dom.js';
import { addressOf } from '../common/model_menu.js';
import type { OwnModel } from '../common/own_models.js';
import { text } from '../common/texts.js';

export interface RowTools {
  node: HTMLElement;
  /** The row is gone. */
  end(): void;
}

export function createRowTools(own: OwnModel, remove: () => void): RowTools {
  const file = `${own.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.onnx`;
  const named = <T extends HTMLElement>(node: T, label: string) => {
    node.setAttribute('aria-label', label);
    return node;
  };
  const open = make('a', {
    href: addressOf(own),
    textContent: text('lab.tool.explain'),
    title: text('lab.tool.explain.title'),
  });
  const link = (name: string, bytes: Uint8Array<ArrayBuffer>, textContent: string) => {
    const href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
    return make('a', { href, download: name, textContent, title: text('lab.tool.download') });
  };
  const download = link(file, own.onnx, 'ONNX');
  const others = Object.entries(own.files ?? {}).map(([name, bytes]) =>
    named(link(name, bytes, text('lab.tool.data')), text('lab.tool.data.label', { name, title: own.title })),
  );
  const away = make('button', { type: 'button', className: 'link', textContent: text('lab.tool.remove') });
  away.addEventListener('click', remove);
  return {
    node: make(
      'span',
      { className: 'tools' },
      named(open, text('lab.tool.explain.label', { title: own.title })),
      named(download, text('lab.tool.onnx', { title: own.title })),
      ...others,
      named(away, text('lab.tool.remove.label', { title: own.title })),
    ),
    end() {
      for (const { href } of [download, ...others]) URL.revokeObjectURL(href);
    },
  };
}
