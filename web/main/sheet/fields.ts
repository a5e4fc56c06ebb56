// The fields of the sheet: what is shown in them, and what they say.
import { byId, fillSelect } from '../../common/dom.js';
import { text } from '../../common/texts.js';
import { type Choices, type Facts, readSize, saidByFile, writeSize } from './choices.js';
import { levelsOf, ownNumbers, presetOf, presetsFor, readNumbers, writeNumbers } from './presets.js';

const input = (id: string) => byId<HTMLInputElement>(id);
const select = (id: string) => byId<HTMLSelectElement>(id);

/** What a field cannot mean, with the field. */
export class FieldError extends Error {
  readonly field: HTMLElement;
  constructor(field: HTMLElement, message: string) {
    super(message);
    this.field = field;
  }
}

function from<T>(id: string, read: (typed: string) => T): T {
  const field = input(id);
  try {
    return read(field.value);
  } catch (error) {
    throw new FieldError(field, (error as Error).message);
  }
}

/** A field whose numbers are exact until somebody types others. */
function numbersField(id: string, what: string, above?: number) {
  let shown = '';
  let exact: readonly number[] = [];
  return {
    show(numbers: readonly number[]) {
      exact = numbers;
      shown = writeNumbers(numbers);
      input(id).value = shown;
    },
    read: () => (input(id).value === shown ? exact : from(id, (typed) => readNumbers(what, typed, exact.length, above))),
  };
}

function readResize(typed: string): number {
  const side = Number(typed);
  if (Number.isInteger(side) && side >= 1 && side <= 65_535) return side;
  throw new Error(text('sheet.wrong.resize'));
}

export function createFields() {
  const mean = numbersField('sheet-mean', text('sheet.wrong.less'));
  const std = numbersField('sheet-std', text('sheet.wrong.divided'), 0);
  let facts: Facts | undefined;

  const channels = () => facts?.inputShape[1] ?? 3;
  const order = () => (select('sheet-order').value === 'bgr' ? 'bgr' : 'rgb');
  const takesLevels = () => facts?.preprocessing.source === 'levels';

  const showLevels = (levels: Pick<Choices, 'mean' | 'std' | 'order'>) => {
    mean.show(levels.mean);
    std.show(levels.std);
    select('sheet-order').value = levels.order;
    select('sheet-preset').value = presetOf(levels);
  };
  select('sheet-preset').addEventListener('change', () => {
    const levels = levelsOf(select('sheet-preset').value, channels());
    if (levels) showLevels(levels);
    else input('sheet-mean').focus();
  });

  return {
    show(of: Facts, choices: Choices) {
      facts = of;
      input('sheet-size').value = writeSize(choices.size);
      select('sheet-fit').value = choices.fit;
      input('sheet-resize').value = String(choices.resize);
      const names = [...presetsFor(channels()).map(({ name }) => name), ownNumbers] as const;
      fillSelect(
        select('sheet-preset'),
        names.map((name) => ({ name, title: text(`preset.${name}`) })),
      );
      showLevels(choices);
      for (const id of ['sheet-preset', 'sheet-mean', 'sheet-std']) input(id).disabled = takesLevels();
      byId('sheet-order-field').hidden = channels() !== 3;
      fillSelect(
        select('sheet-output'),
        of.outputs.map((name) => ({ name, title: name })),
      );
      select('sheet-output').value = choices.output;
      byId('sheet-output-field').hidden = of.outputs.length < 2;
      select('sheet-ending').value = choices.ending;
      // The file ends so: what it computes is not otherwise for being called otherwise.
      select('sheet-ending').disabled = of.endingSource === 'file';
    },

    /** Throws a FieldError. Names are not among the fields. */
    read(): Omit<Choices, 'names'> {
      const fit = select('sheet-fit').value === 'stretch' ? 'stretch' : 'crop';
      return {
        size: from('sheet-size', readSize),
        fit,
        resize: fit === 'stretch' ? (facts?.preprocessing.resize ?? 0) : from('sheet-resize', readResize),
        mean: mean.read(),
        std: std.read(),
        order: order(),
        output: select('sheet-output').value,
        ending: select('sheet-ending').value === 'sigmoid' ? 'sigmoid' : 'softmax',
      };
    },

    /** What follows from what stands in them: fields that come and go, the name of the numbers, what the file says. */
    settle(choices: Omit<Choices, 'names'>, changed: Record<string, unknown>) {
      byId('sheet-resize-field').hidden = choices.fit === 'stretch';
      select('sheet-preset').value = presetOf(choices);
      if (!facts) return;
      const said = saidByFile(facts);
      const groups = {
        size: ['size'],
        fit: ['fit'],
        resize: ['resize'],
        levels: ['mean', 'channelOrder'],
        ending: ['ending'],
      } as const;
      for (const [group, keys] of Object.entries(groups) as [keyof typeof groups, readonly string[]][]) {
        const isSaid = said[group] && keys.every((key) => changed[key] === undefined);
        byId(`says-${group}`).textContent = isSaid ? text('sheet.says') : '';
      }
    },
  };
}

export type Fields = ReturnType<typeof createFields>;
