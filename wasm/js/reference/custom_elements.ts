// custom-elements.json (schema 2.1.0): <smooth-grad> for editors and documentation tools, from its own table of attributes.
import { attributes } from '../element/attributes.js';
import { bubbling, events, methods, parts, properties, slots, states, styles } from '../element/surface.js';
import { toKebab } from '../options/kebab.js';

const types = { text: 'string', number: 'number', flag: 'boolean', switch: 'boolean' } as const;

const described = (rows: Readonly<Record<string, string>>) =>
  Object.entries(rows).map(([name, description]) => ({ name, description }));

const attributeRows = Object.entries(attributes).map(([fieldName, { reading, help }]) => ({
  name: toKebab(fieldName),
  fieldName,
  description: help,
  type: { text: types[reading] },
}));

const fields = [
  ...Object.entries(attributes).map(([name, { reading, help }]) => ({
    kind: 'field',
    name,
    description: help,
    type: { text: `${types[reading]} | undefined` },
    attribute: toKebab(name),
    reflects: true,
  })),
  ...Object.entries(properties).map(([name, { type, help }]) => ({
    kind: 'field',
    name,
    description: help,
    type: { text: type },
  })),
  ...described(methods).map((method) => ({ kind: 'method', ...method })),
];

export const customElements = () => ({
  schemaVersion: '2.1.0',
  readme: '',
  modules: [
    {
      kind: 'javascript-module',
      path: 'element.js',
      declarations: [
        {
          kind: 'class',
          customElement: true,
          tagName: 'smooth-grad',
          name: 'SmoothGradElement',
          description: 'The live map of a photo.',
          superclass: { name: 'HTMLElement' },
          attributes: attributeRows,
          members: fields,
          slots: described(slots),
          cssParts: described(parts),
          cssStates: described(states),
          cssProperties: Object.entries(styles).map(([name, { help, ...style }]) => ({ name, description: help, ...style })),
          events: Object.entries(events).map(([name, { detail, help }]) => ({
            name,
            description: bubbling.has(name as keyof typeof events) ? `${help}; bubbles` : help,
            type: { text: `CustomEvent<${detail}>` },
          })),
        },
      ],
      exports: [
        {
          kind: 'custom-element-definition',
          name: 'smooth-grad',
          declaration: { name: 'SmoothGradElement', module: 'element.js' },
        },
        { kind: 'js', name: 'SmoothGradElement', declaration: { name: 'SmoothGradElement', module: 'element.js' } },
      ],
    },
  ],
});
