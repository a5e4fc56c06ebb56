// Where the names of the classes come from: the file, ImageNet, what is pasted or read from a file of names; or none.
import { byId, fillSelect } from '../../common/dom.js';
import { createFileDialog } from '../../common/file_dialog.js';
import { text } from '../../common/texts.js';
import { FieldError } from './fields.js';
import { readLabels } from './labels.js';

type Source = 'file' | 'numbers' | 'imagenet' | 'own';

const titleOf = (source: Source) => text(`sheet.names.${source}`);

/** Of TensorFlow's networks for ImageNet the first of 1,001 is none of its classes. */
const isImageNets = (classes: number) => classes === 1000 || classes === 1001;

export interface Named {
  classes: number;
  /** Of the file. */
  classNames: readonly string[];
}

export function createNames(imageNet: () => Promise<readonly string[]>, changed: () => void) {
  const select = byId<HTMLSelectElement>('sheet-labels');
  const pasted = byId<HTMLTextAreaElement>('sheet-pasted');
  let chosen: Source | undefined;
  let shown = '';

  const settle = () => {
    byId('sheet-pasted-field').hidden = select.value !== 'own';
  };
  select.addEventListener('change', () => {
    chosen = select.value as Source;
    settle();
    if (chosen === 'own') pasted.focus();
  });
  byId('sheet-labels-choose').addEventListener(
    'click',
    createFileDialog('sheet-labels-file', async ([file]) => {
      pasted.value = await file.text();
      changed();
    }),
  );

  /** What can be chosen is not the same for every output. */
  function offer({ classes, classNames }: Named) {
    const sources: Source[] = [
      ...(classNames.length > 0 ? (['file'] as const) : []),
      ...(isImageNets(classes) ? (['imagenet'] as const) : []),
      'own',
      'numbers',
    ];
    if (sources.join() !== shown) {
      shown = sources.join();
      fillSelect(
        select,
        sources.map((name) => ({ name, title: titleOf(name) })),
      );
    }
    const usual = sources.find((source) => source === 'file' || source === 'imagenet') ?? 'numbers';
    select.value = chosen !== undefined && sources.includes(chosen) ? chosen : usual;
    settle();
    const words = {
      file: text('sheet.says'),
      imagenet: chosen ? '' : text('sheet.guess', { count: classes }),
    };
    byId('says-names').textContent = words[select.value as keyof typeof words] ?? '';
  }

  const readers: Record<Source, (named: Named) => Promise<readonly string[] | undefined>> = {
    file: async () => undefined,
    // Those of the file would be used where nothing is said.
    numbers: async ({ classes, classNames }) => (classNames.length > 0 ? [...Array(classes).keys()].map(String) : undefined),
    async imagenet({ classes }) {
      const names = await imageNet();
      return classes === 1001 ? ['background', ...names] : names;
    },
    async own({ classes }) {
      try {
        return readLabels(pasted.value, classes);
      } catch (error) {
        throw new FieldError(
          pasted,
          text('sheet.wrong', { field: text('sheet.wrong.names'), reason: (error as Error).message }),
        );
      }
    },
  };

  return {
    show(names: readonly string[] | undefined) {
      chosen = names && 'own';
      pasted.value = names?.join('\n') ?? '';
      shown = '';
    },
    /** Undefined: as the file has them, or none. Throws a FieldError. */
    async read(named: Named): Promise<readonly string[] | undefined> {
      offer(named);
      return readers[select.value as Source](named);
    },
  };
}
