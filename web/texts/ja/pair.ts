// Two objects: the page's text.

export const page = {
  'pair.description':
    '2枚の写真を1枚に並べ、2つのクラスについて尋ねます。マップは物体を区別できるでしょうか。SmoothGrad論文の図6を、自分の写真で、この端末の中で試せます。',
  'pair.page': '2つの物体 – SmoothGrad',
  'pair.title': '<em class="left" id="left-subject">…</em>の根拠は？ <em class="right" id="right-subject">…</em>の根拠は？',
  'pair.lead':
    '論文の図6を、自分の写真で試せます。1枚の画像に物体が2つあり、ネットワークの2つの答えの差を取ります。マップは2つの物体を区別できるでしょうか。',
  'pair.photos': '左右に並べた2枚の写真',
  'pair.meaning':
    'マップの色のうち、正しい側にある割合です(左側の赤、右側の青)。物体を区別できないマップでは、約半分になります。',
  'pair.stop': '止める',
  'pair.swap': '左右を入れ替える',
  'pair.both': '両方のマップ',
  'pair.difference': '差の取り方',
  'pair.noise': 'ノイズ',
  'pair.samples': 'サンプル数',
  'pair.more': 'コントラスト、シード',
  'pair.percentile': '上限のパーセンタイル',
  'pair.drop':
    '左右のどちらかに写真を1枚、または2枚まとめてドロップするか、貼り付けてください。<strong>写真がこの端末の外に出ることはありません。</strong>',
  'pair.reading': 'マップの読み方',
  'pair.one.title': '1枚の画像、2つの答え',
  'pair.one':
    'それぞれの写真の中央の半分を並べて、1つの入力にします。ネットワークは、その全体に対してすべてのクラスのスコアを計算します。1つのクラスのマップは、両方の物体で明るくなることがあります。2つのクラスの差を取ると、もう一方<em>ではなく</em>そのクラスの根拠になった画素がわかります。左右のクラスは、はじめはその写真だけを見せたときの答えになっています。',
  'pair.two.title': '2通りの引き算',
  'pair.two':
    '<math><msub><mi>S</mi><mi>左</mi></msub><mo>−</mo><msub><mi>S</mi><mi>右</mi></msub></math>の勾配は、符号をそのまま保ちます。赤は、画素の値が増えると、右のクラスに比べて左のクラスのスコアが上がることを示します。論文の方法では、クラスごとのマップを0から1に正規化してから引きます。赤は、符号によらず、左のクラスのほうが敏感な場所を示します。',
  'pair.share.title': '割合の意味',
  'pair.share':
    'マップが物体を完全に区別できれば、赤はすべて左の物体に、青はすべて右の物体に載り、割合は100%になります。クラスについて何も知らないマップでは、半分になります。背景も数に入ります。差の勾配は、どちらの物体でも両方の符号をもつので、割合は半分に近くなります。正規化したマップの差では、物体をどれだけ区別できるかを表します。',
  'pair.half.left': '左半分',
  'pair.half.right': '右半分',
  'pair.sided': 'が正しい物体の上にあります',
  'pair.samples.left': '左半分のサンプル写真',
  'pair.samples.right': '右半分のサンプル写真',
  'pair.alt.gradient': '勾配',
  'pair.alt.smoothgrad': 'SmoothGrad',
} as const;

export const words = {
  'pair.kept': '{reason} 前のマップはそのまま残っています。',
  'pair.starting': '準備中',
  'pair.count': '{goal}サンプル中{done}サンプル',
  'pair.count.stopped': '{goal}サンプル中{done}サンプルで停止',
  'pair.run.stop': '止める',
  'pair.run.on': '続ける',
  'pair.run.done': '完了',
  'pair.same': '左右のどちらも「{name}」になっています。別のクラスを選んでください',
  'pair.key.stop': '止める、または続ける',
  'pair.key.swap': '左右を入れ替える',
  'pair.key.left': '左の写真を選ぶ',
  'pair.key.right': '右の写真を選ぶ',
  'pair.key.save': '画像として保存する',
  'pair.tag': '{method}、{goal}サンプル中{done}',
  'pair.map': '{method}: {share}が正しい物体の上にあります',
  'pair.best': '{name}: 最も確率が高い、{probability}',
  'pair.photo': '左: {left}。右: {right}。',
  'pair.sees': 'ネットワークに入力される画像: {width} × {height}画素',
  'pair.saved.photos': '2枚の写真',
  'pair.saved.samples': '{method}は{count}サンプル',
  'pair.saved.share': '{method}で{share}',
  'pair.saved.name': '{red}と{blue}',
  'pair.saved':
    '左: {red}(赤、確率{redChance})、右: {blue}(青、確率{blueChance})。{difference}。{samples}。ノイズ{noise}、シード{seed}、{percentile}パーセンタイルまで描画。色のうち正しい物体の上にある割合: {shares}(偶然なら半分)。ネットワーク: {network}。',
} as const;
