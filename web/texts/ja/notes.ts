// What the engine remarks on a model or a map, in Japanese: its English words with {} for what differs, and {1}, {2}, ... for that here. A
// gap whose words are listed themselves is translated too.
export const notes: readonly (readonly [english: string, japanese: string])[] = [
  // Of a model's file.
  [
    'the file is for photos of {} x {}: {} x {} is used, at which its network was not trained',
    'このファイルは{1} × {2}画素の写真用ですが、{3} × {4}画素で使います。このサイズでは学習されていません。',
  ],
  [
    'the file leaves the size of its input open: {} x {} is used',
    'ファイルに入力サイズの指定がないため、{1} × {2}画素で使います。',
  ],
  [
    "the file's input {} has its channels last; tensors that go in and come out are channels first",
    'ファイルの入力{1}はチャンネルが最後の並びです。入出力するテンソルはチャンネルが先の並びになります。',
  ],
  [
    'the input is {}: levels 0 to 255 go in as they are, and the gradient is with respect to them',
    '入力は{1}型です。0〜255の画素値をそのまま入力し、勾配もその値について求めます。',
  ],
  ["output '{}' is taken for the scores, of {}", '出力{2}のうち、「{1}」をスコアとみなします。'],
  ['what is explained is the value before {}', '説明の対象は{1}の直前の値です。'],
  [
    'quantised: the rounding of activations at {} places is passed through, their clamp is kept',
    '量子化モデルです。勾配の計算では{1}か所の活性の丸めを無視し、値の範囲の制限はそのまま扱います。',
  ],
  [
    'quantised as it runs: the rounding of {} of its activations is passed through',
    '動的に量子化するモデルです。{1}か所の活性の丸めは行わず、そのままの値で計算します。',
  ],
  [
    'its one output is the probability of class 1; class 0 is the opposite',
    '出力は1つで、クラス1の確率です。クラス0はその反対を表します。',
  ],
  [
    'the file names {} classes, the network has {}: the names are left out',
    'ファイルのクラス名は{1}個、ネットワークのクラスは{2}個で一致しないため、クラス名は使いません。',
  ],
  [
    "photos are prepared as the file's Image.* metadata says: {}",
    '写真の前処理は、ファイルのメタデータ(Image.*)に従います: {1}。',
  ],
  [
    'the file does not say how its photos are prepared, so this is done: {}; mean and std, or preset, say otherwise',
    'ファイルに写真の前処理の記載がないため、次のようにします: {1}。違う場合は設定で変更できます。',
  ],
  ['shorter side to {}, centre of {} x {}, {}, {}', '短辺を{1}画素に縮め、中央の{2} × {3}画素を切り抜き、{4}、{5}'],
  ['stretched to {} x {}, {}, {}', '{1} × {2}画素に引き伸ばし、{3}、{4}'],
  ['grey', 'グレースケール'],
  ['levels 0 to 255 as they are', '0〜255の画素値のまま'],
  ['(level - {}) / {}', '(画素値 − {1}) / {2}'],
  ['level / {}', '画素値 / {1}'],
  ['level - {}', '画素値 − {1}'],

  // Of a map.
  [
    'the denoised map needs {} samples or more: this is the plain one',
    'ノイズ除去には{1}サンプル以上が必要なので、通常のマップを表示しています。',
  ],
  [
    'nothing stands out of the noise of {} samples yet: this is the plain map',
    '{1}サンプルではノイズと区別できるものがまだないので、通常のマップを表示しています。',
  ],
  [
    'the map is zero everywhere: nothing in this layer speaks for the class',
    'マップはすべて0です。この層には、このクラスを支持するものがありません。',
  ],
  [
    'the map is zero everywhere: whatever is covered, the score of the class stays the same',
    'マップはすべて0です。どこを隠しても、このクラスのスコアは変わりません。',
  ],
  [
    'the map is zero everywhere: nothing stands out of the noise of {} samples yet',
    'マップはすべて0です。{1}サンプルでは、ノイズと区別できるものがまだありません。',
  ],
  [
    'the map is zero everywhere, although the gradient is not: the method, or what is drawn of it, leaves nothing over',
    '勾配は0ではありませんが、この手法や描き方では何も残らず、マップはすべて0になります。',
  ],
  [
    'the gradient is zero everywhere: the two classes depend on the photo alike',
    '勾配はすべて0です。2つのクラスは、写真に同じように左右されます。',
  ],
  [
    'the gradient is zero everywhere: the class has no weights of its own, or its score is saturated',
    '勾配はすべて0です。このクラスに固有の重みがないか、スコアが飽和しています。',
  ],
  [
    "the gradient is zero everywhere: the network's units are dead at this photo, or its ending is saturated (its scores no longer change)",
    '勾配はすべて0です。この写真ではネットワークのユニットが働いていないか、最後の関数が飽和してスコアが変化しません。',
  ],
];
