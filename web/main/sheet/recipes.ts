// From a framework to an ONNX file, to be copied: and what was chosen on the sheet, written into the file.
import { byId, make } from '../../common/dom.js';
import type { ModelSettings } from '../../common/own_models.js';
import { text } from '../../common/texts.js';

interface Recipe {
  title: string;
  words: string;
  code: string;
}

const recipes: readonly Recipe[] = [
  {
    title: 'PyTorch',
    words: text('recipe.pytorch'),
    code: `# pip install torch torchvision onnx onnxscript
import torch, torchvision

model = torchvision.models.resnet18(weights='DEFAULT').eval()
torch.onnx.export(model, (torch.zeros(1, 3, 224, 224),), 'mine.onnx', dynamo=True)
`,
  },
  {
    title: 'timm',
    words: text('recipe.timm'),
    code: `# pip install timm torch onnx onnxscript
import onnx, timm, torch

model = timm.create_model('resnet18.a1_in1k', pretrained=True).eval()
data = timm.data.resolve_model_data_config(model)
channels, height, width = data['input_size']
torch.onnx.export(model, (torch.zeros(1, channels, height, width),), 'timm.onnx', dynamo=True)

levels = lambda numbers: ' '.join(str(255 * number) for number in numbers)
file = onnx.load('timm.onnx')
onnx.helper.set_model_props(file, {
    'smoothgrad.name': 'ResNet-18 of timm',
    'smoothgrad.resize': str(round(min(height, width) / data['crop_pct'])),
    'smoothgrad.mean': levels(data['mean']),
    'smoothgrad.std': levels(data['std']),
    'smoothgrad.classes': '\\n'.join(timm.data.ImageNetInfo().label_descriptions()),
})
onnx.save(file, 'mine.onnx')
`,
  },
  {
    title: 'Keras',
    words: text('recipe.keras'),
    code: `# pip install tensorflow tf2onnx
import tensorflow as tf, tf2onnx

model = tf.keras.applications.MobileNetV2()
spec = (tf.TensorSpec((1, 224, 224, 3), tf.float32, name='image'),)
tf2onnx.convert.from_keras(model, input_signature=spec, opset=17, output_path='mine.onnx')
`,
  },
];

const quote = (value: string) => JSON.stringify(value);

/** The keys of models/README.md, as far as a file can say them. */
export function propertiesOf(name: string, settings: ModelSettings, channels: number): [key: string, value: string][] {
  const { size, fit, resize, mean, std, channelOrder, classNames } = settings;
  const rows: [string, string | undefined][] = [
    ['name', name],
    ['size', size === undefined ? undefined : [size].flat().join(' ')],
    ['fit', fit],
    ['resize', resize?.toString()],
    ['mean', mean?.join(' ')],
    ['std', std?.join(' ')],
    ['channel_order', channels === 3 ? channelOrder : undefined],
    ['classes', classNames?.join('\n')],
  ];
  return rows.flatMap(([key, value]) => (value === undefined ? [] : [[`smoothgrad.${key}`, value] as [string, string]]));
}

const intoTheFile = (properties: readonly [string, string][]) => `# pip install onnx
import onnx

file = onnx.load('mine.onnx')
said = {each.key: each.value for each in file.metadata_props}
onnx.helper.set_model_props(file, said | {
${properties.map(([key, value]) => `    ${quote(key)}: ${quote(value)},\n`).join('')}})
onnx.save(file, 'mine-with-settings.onnx')
`;

function block({ title, words }: Recipe, code: () => string) {
  const shown = make('code', { textContent: code() });
  const copy = make('button', { type: 'button', textContent: text('recipe.copy') });
  copy.setAttribute('aria-label', text('recipe.copy.of', { title }));
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(code()).then(
      () => {
        copy.textContent = text('recipe.copied');
      },
      () => getSelection()?.selectAllChildren(shown),
    );
  });
  const listing = make('pre', { tabIndex: 0 }, shown);
  listing.setAttribute('aria-label', title);
  listing.setAttribute('role', 'region');
  const node = make(
    'div',
    { className: 'recipe' },
    make('h3', { textContent: title }),
    make('p', { className: 'hint', textContent: words }),
    listing,
    copy,
  );
  const refresh = () => {
    shown.textContent = code();
    copy.textContent = text('recipe.copy');
  };
  return { node, refresh };
}

/** `properties`: of what is chosen now. */
export function createRecipes(properties: () => readonly [string, string][]) {
  const panel = byId<HTMLDetailsElement>('sheet-recipes');
  const last = block(
    {
      title: text('recipe.chosen'),
      words: text('recipe.chosen.words'),
      code: '',
    },
    () => intoTheFile(properties()),
  );
  panel.append(...recipes.map((recipe) => block(recipe, () => recipe.code).node), last.node);
  panel.addEventListener('toggle', last.refresh);
  return { refresh: last.refresh };
}
