// The workbench of the gallery: a <smooth-grad>, a field for each of its attributes that is worth a try, and the tag as it is then.
import { type Engine, type Option, runOptions } from 'smoothgrad';
import { type SmoothGradElement, sharedEngine } from 'smoothgrad/element';
import { byId, make } from '../common/dom.js';
import { samples } from '../common/sample_photos.js';
import { copyButton } from './copying.js';
import { type Field, isStyle, tagOf } from './tag.js';

const names = [
  'method',
  'target',
  'versus',
  'difference',
  'samples',
  'noise',
  'rule',
  'reduction',
  'magnitude',
  'channels',
  'window',
  'view',
  'colours',
  'percentile',
  'opacity',
] as const;

const ofRuns = (engine: Engine): Field[] =>
  names.map((name) => {
    const row: Option = runOptions[name];
    const otherwise = typeof row.default === 'function' ? 'from the model' : (row.default ?? row.otherwise);
    const entries = row.of && (row.of === 'methods' ? [...engine.methods, ...engine.references] : engine[row.of as 'views']);
    return {
      name,
      help: row.help,
      otherwise: String(otherwise),
      ...(entries && { choices: entries }),
      ...(row.kind === 'number' || row.kind === 'whole' ? { range: { ...row, ...row.slider } } : {}),
    };
  });

const own: readonly Field[] = [
  { name: 'colour-key', help: 'what the colours stand for', isFlag: true },
  { name: 'controls', help: 'a button and what there is', isFlag: true },
  { name: '--smoothgrad-radius', help: 'corners, such as 12px', otherwise: '0' },
  { name: '--smoothgrad-accent', help: 'the bar, such as teal', otherwise: '#4c8dff' },
];

function input({ name, choices, range, isFlag, otherwise }: Field): HTMLInputElement | HTMLSelectElement {
  if (choices) {
    const all = [{ name: '', title: `(${otherwise})` }, ...choices];
    return make('select', { id: name }, ...all.map(({ name, title }) => make('option', { value: name, textContent: title })));
  }
  if (isFlag) return make('input', { id: name, type: 'checkbox' });
  if (!range) return make('input', { id: name, type: 'text', placeholder: String(otherwise) });
  const { low = 0, high, step } = range;
  return make('input', {
    ...{ id: name, type: 'number', placeholder: String(otherwise), min: String(low), step: String(step ?? 'any') },
    ...(typeof high === 'number' && { max: String(high) }),
  });
}

const written = (control: HTMLInputElement | HTMLSelectElement) =>
  control.type === 'checkbox' ? ((control as HTMLInputElement).checked ? '' : undefined) : control.value || undefined;

export async function createGallery() {
  const place = byId('gallery');
  const element = document.createElement('smooth-grad') as SmoothGradElement;
  const source = make('code');
  const form = make('form', { className: 'fields' });
  const photo: Field = { name: 'src', help: 'the photo', choices: samples.map(({ url, title }) => ({ name: url, title })) };
  const fields = [photo, ...ofRuns(await sharedEngine()), ...own];
  const controls = new Map(fields.map((field) => [field, input(field)]));

  const show = () => {
    source.textContent = tagOf(element, fields);
  };
  function set({ name }: Field, value: string | undefined) {
    const attribute = name.replace(/(?<!-)[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    if (isStyle(name)) element.style.setProperty(name, value ?? '');
    else if (value === undefined) element.removeAttribute(attribute);
    else element.setAttribute(attribute, value);
    show();
  }
  for (const [field, control] of controls) {
    control.addEventListener('change', () => set(field, written(control)));
    const label = make('label', { htmlFor: field.name, textContent: field.name });
    form.append(make('div', { title: field.help }, label, control));
  }
  function take(from: Element) {
    for (const [field, control] of controls) {
      const value = from.getAttribute(field.name);
      if (control.type === 'checkbox') (control as HTMLInputElement).checked = value !== null;
      else control.value = value ?? '';
      set(field, value ?? undefined);
    }
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  const pre = make('pre', { tabIndex: 0 }, source);
  const code = make(
    'figure',
    { className: 'code' },
    pre,
    copyButton(() => source.textContent ?? ''),
  );
  place.replaceChildren(make('div', { className: 'bench-map' }, element, code), form);

  const examples = [...document.querySelectorAll('.live smooth-grad')];
  for (const example of examples) {
    const button = make('button', { type: 'button', textContent: 'Change it above' });
    button.addEventListener('click', () => {
      take(example);
      place.scrollIntoView();
      (form.querySelector('select') as HTMLElement).focus();
    });
    example.after(button);
  }
  if (examples[0]) take(examples[0]);
}
