// The sheet of a model: names as people have them, levels by their presets, and which options follow from its fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Choices,
  choicesOf,
  type Facts,
  readSize,
  saidByFile,
  settingsOf,
  writeSize,
} from '../../web/main/sheet/choices.js';
import { operatorWords, showBytes, showParameters } from '../../web/main/sheet/facts.js';
import { readLabels } from '../../web/main/sheet/labels.js';
import { levelsOf, presetOf, presetsFor, readNumbers, rows, writeNumbers } from '../../web/main/sheet/presets.js';
import { propertiesOf } from '../../web/main/sheet/recipes.js';

const three = ['tench', 'goldfish', 'shark'];

test('names of classes are read in every form that people have them', () => {
  const forms = {
    lines: 'tench\ngoldfish\r\n\n shark \n',
    quoted: '"tench",\n"goldfish",\n"shark",',
    heading: 'label\ntench\ngoldfish\nshark',
    numbered: '0: tench\n1: goldfish\n2: shark',
    'numbered from 1, in disorder': '2 goldfish\n1 tench\n3 shark',
    CSV: 'index,name\n0,tench\n2,shark\n1,"goldfish"',
    'CSV, names first': 'tench,0\ngoldfish,1\nshark,2',
    'CSV with synsets': '0,n01440764,tench\n1,n01443537,goldfish\n2,n01484850,shark',
    TSV: '0\ttench\n1\tgoldfish\n2\tshark',
    semicolons: 'id;class\n0;tench\n1;goldfish\n2;shark',
    synsets: 'n01440764 tench\nn01443537 goldfish\nn01484850 shark',
    'a list in JSON': '["tench", "goldfish", "shark"]',
    'by number in JSON': '{"0": "tench", "2": "shark", "1": "goldfish"}',
    "Keras' JSON": '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"], "2": ["n01484850", "shark"]}',
    "torchvision's class_to_idx": '{"tench": 0, "shark": 2, "goldfish": 1}',
    "Hugging Face's config": '{"model_type": "vit", "id2label": {"0": "tench", "1": "goldfish", "2": "shark"}, "label2id": {}}',
  };
  for (const [form, text] of Object.entries(forms)) assert.deepEqual(readLabels(text, 3), three, form);
  assert.deepEqual(readLabels('n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus', 2), [
    'tench, Tinca tinca',
    'goldfish, Carassius auratus',
  ]);
  assert.deepEqual(readLabels('0,"cat, big"\n1,"the ""dog"""', 2), ['cat, big', 'the "dog"']);
});

test('names that are numbers or hold commas stay what they are', () => {
  assert.deepEqual(readLabels('3\n5\n7', 3), ['3', '5', '7']);
  assert.deepEqual(readLabels('cat, big\ndog', 2), ['cat, big', 'dog']);
  assert.deepEqual(readLabels('101 Dalmatians\n12 Monkeys', 2), ['101 Dalmatians', '12 Monkeys']);
  assert.deepEqual(readLabels('name\ntench', 2), ['name', 'tench']);
});

test('names that do not fit are refused, by number', () => {
  const refused: [text: string, classes: number, why: RegExp][] = [
    ['  \n', 3, /no names yet/],
    ['a\nb', 3, /these are 2 names, the network has 3 classes$/],
    ['a', 1000, /these are 1 name, the network has 1,000 classes$/],
    ['a\nb\nc\nd\ne', 3, /5 names.*3 classes/],
    ['["a", "b"]', 3, /2 names.*3 classes/],
    ['{"0": "a", "1": "b", "3": "c"}', 3, /a name for class 3, the network has 3 classes from 0 on/],
    ['{"0": "a", "2": "c"}', 3, /there is no name for class 1$/],
    ['{"a": 0, "b": 0}', 2, /class 0 is named twice$/],
    ['0,a\n1,b\n1,c', 3, /class 1 is named twice$/],
    ['["a", 5]', 2, /JSON has no names/],
    ['{"0": "a"', 1, /begins as JSON/],
  ];
  for (const [text, classes, why] of refused) assert.throws(() => readLabels(text, classes), why, text);
});

test('presets are numbers, and numbers are known by their presets', () => {
  assert.deepEqual(levelsOf('imagenet', 3), { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375], order: 'rgb' });
  assert.deepEqual(levelsOf('zero-one', 3), { mean: [0, 0, 0], std: [255, 255, 255], order: 'rgb' });
  assert.deepEqual(levelsOf('minus-one-one', 1), { mean: [127.5], std: [127.5], order: 'rgb' });
  assert.deepEqual(levelsOf('levels-bgr', 3), { mean: [0, 0, 0], std: [1, 1, 1], order: 'bgr' });
  // Blue first, as the channels are.
  assert.deepEqual(levelsOf('caffe', 3)?.mean, [103.939, 116.779, 123.68]);
  for (const { name } of rows) assert.equal(presetOf(levelsOf(name, 3) as Choices), name);
  assert.deepEqual(
    presetsFor(1).map(({ name }) => name),
    ['zero-one', 'minus-one-one', 'levels'],
  );
  for (const { name } of presetsFor(1)) assert.equal(presetOf(levelsOf(name, 1) as Choices), name);
  // As a file of float32 has them.
  const mean = [...Float32Array.of(123.675, 116.28, 103.53)];
  assert.equal(presetOf({ mean, std: [58.395, 57.12, 57.375], order: 'rgb' }), 'imagenet');
  assert.equal(presetOf({ mean, std: [58.395, 57.12, 57.375], order: 'bgr' }), 'own');
  assert.equal(presetOf({ mean: [127, 127, 127], std: [128, 128, 128], order: 'rgb' }), 'own');
});

test('numbers of one’s own: one, or one a channel', () => {
  assert.deepEqual(readNumbers('Less', ' 127.5 ', 3), [127.5, 127.5, 127.5]);
  assert.deepEqual(readNumbers('Less', '1, 2;3', 3), [1, 2, 3]);
  assert.throws(() => readNumbers('Less', '1 2', 3), /^Error: Less: one number, or 3, one a channel, are needed, not 2/);
  assert.throws(() => readNumbers('Less', '', 1), /one number is needed, not 0/);
  assert.throws(() => readNumbers('Less', '1 b 3', 3), /“b” is not a number/);
  assert.throws(() => readNumbers('Divided by', '1 0 1', 3, 0), /above 0/);
  assert.equal(writeNumbers([127.5, 127.5, 127.5]), '127.5');
  assert.equal(writeNumbers([...Float32Array.of(123.675, 1, 2)]), '123.675, 1, 2');
});

test('a size is a number, or height and width', () => {
  assert.deepEqual(readSize('224'), [224, 224]);
  assert.deepEqual(readSize('224 × 192'), [224, 192]);
  for (const text of ['', 'big', '0', '1.5', '1x2x3', '5000']) assert.throws(() => readSize(text), /Input size/, text);
  assert.equal(writeSize([224, 192]), '224 × 192');
});

const facts = {
  inputShape: [1, 3, 224, 224],
  classes: 10,
  classNames: [],
  preprocessing: {
    fit: 'crop',
    resize: 224,
    size: [224, 224],
    mean: [0, 0, 0],
    std: [255, 255, 255],
    channelOrder: 'rgb',
    source: 'default',
  },
  output: 'logits',
  outputs: ['logits', 'features'],
  ending: 'softmax',
  endingSource: 'default',
  file: { producer: 'pytorch', opset: 17, operators: { Relu: 1, Conv: 20 }, parameters: 5, metadata: {} },
  notes: [],
  isOpen: false,
} satisfies Facts;

test('only what differs from the file is kept with a model, and comes back as it was', () => {
  const start = choicesOf(facts, {});
  assert.deepEqual(settingsOf(start, facts), {});
  assert.deepEqual(settingsOf(start, { ...facts, isOpen: true }), { size: [224, 224] });
  const imagenet = levelsOf('imagenet', 3) as Choices;
  const changed: Choices = { ...start, ...imagenet, fit: 'stretch', names: three, output: 'features', ending: 'sigmoid' };
  const settings = settingsOf(changed, facts);
  assert.deepEqual(settings, {
    fit: 'stretch',
    mean: imagenet.mean,
    std: imagenet.std,
    classNames: three,
    output: 'features',
    ending: 'sigmoid',
  });
  assert.deepEqual(choicesOf(facts, settings), changed);
  // loadModel() refuses the two together.
  assert.equal('resize' in settingsOf({ ...start, fit: 'stretch', resize: 256 }, facts), false);
  assert.deepEqual(settingsOf({ ...start, resize: 256, order: 'bgr' }, facts), { resize: 256, channelOrder: 'bgr' });
  assert.deepEqual(choicesOf(facts, { size: 192 }).size, [192, 192]);
});

test('what the file speaks of', () => {
  const none = { size: true, fit: false, resize: false, levels: false, names: false, ending: false };
  assert.deepEqual(saidByFile(facts), none);
  const file = { ...facts.file, metadata: { 'smoothgrad.resize': '256', 'smoothgrad.fit': 'crop' } };
  const preprocessing = { ...facts.preprocessing, source: 'image' as const };
  const telling = { ...facts, file, preprocessing, classNames: three, endingSource: 'file' as const, isOpen: true };
  assert.deepEqual(saidByFile(telling), { size: false, fit: true, resize: true, levels: true, names: true, ending: true });
});

test('what is chosen, as the keys of a file', () => {
  assert.deepEqual(propertiesOf('Mine', {}, 3), [['smoothgrad.name', 'Mine']]);
  const settings = { size: [224, 192], mean: [1, 2, 3], std: [4, 5, 6], channelOrder: 'bgr', classNames: ['a', 'b'] } as const;
  assert.deepEqual(
    propertiesOf('Mine', { ...settings, size: [224, 192], mean: [1, 2, 3], std: [4, 5, 6], classNames: ['a', 'b'] }, 3).slice(
      1,
    ),
    [
      ['smoothgrad.size', '224 192'],
      ['smoothgrad.mean', '1 2 3'],
      ['smoothgrad.std', '4 5 6'],
      ['smoothgrad.channel_order', 'bgr'],
      ['smoothgrad.classes', 'a\nb'],
    ],
  );
});

test('figures of a file in words', () => {
  assert.equal(operatorWords({ Add: 2, Relu: 33, Conv: 33 }), 'Conv 33, Relu 33, Add 2');
  assert.equal(showParameters(4_652_008), '4.65 million');
  assert.equal(showParameters(147_000), '147,000');
  assert.equal(showBytes(9_338_578), '9.34 MB');
  assert.equal(showBytes(999), '1 KB');
});
