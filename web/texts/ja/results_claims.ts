// Results: what its claims say, by what the study's page says in English. `{}` is a figure, `{*}` anything and `{_}` a name, which are translated by themselves;
// `{1}`, `{2}`, ... are what stood there, in order.

export const claims: readonly (readonly [english: string, japanese: string])[] = [
  ['All claims at a glance', '主張の一覧'],
  [
    'Of {} claims {} held, {} held in part, {} did not hold.',
    '{1}件の主張のうち、支持が{2}件、一部支持が{3}件、不支持が{4}件でした。',
  ],
  ['What the paper says', '論文の主張'],
  ['What we say', '私たちの主張'],
  ['The paper says', '論文の主張'],
  ['We say', '私たちの主張'],
  ['Statistics says', '統計学の主張'],
  ['<span aria-hidden="true">✓</span> held', '<span aria-hidden="true">✓</span> 支持'],
  ['<span aria-hidden="true">±</span> held in part', '<span aria-hidden="true">±</span> 一部支持'],
  ['<span aria-hidden="true">✗</span> not held', '<span aria-hidden="true">✗</span> 不支持'],
  ['{} of {}', '{2}件中{1}件'],
  ['<span class="tally">{*}</span> comparisons', '比較<span class="tally">{1}</span>'],
  ['How it was judged', '判定の方法'],
  ['Counts as held when {*}.', '{1}とき、支持と判定します。'],
  ['All claims', '一覧へ戻る'],
  ['Next claim', '次の主張'],
  ['The figures', '数値'],
  ['Try on my photo', '自分の写真で試す'],
  ['Try on my photos', '自分の写真で試す'],
  ['Try on a digit of mine', '自分の数字で試す'],
  ['in Explain', '(「説明する」のページ)'],
  ['in Compare', '(「比べる」のページ)'],
  ['in Two objects', '(「2つの物体」のページ)'],
  ['in Digit lab', '(「数字の実験室」のページ)'],
  [
    'A rule asks for one comparison or for several: <em>held</em> means that all came out so, <em>held in part</em> that at least half did, and the small figures say how many. Measured on {} photos, each explained for the network’s own answer: {*}. All figures are in <a href="./results/study.json">one file</a>; this page is made of it, verdicts included.',
    '1つの主張について、1つまたは複数の比較をします。<em>支持</em>はすべての比較が主張どおりだったこと、<em>一部支持</em>は半分以上がそうだったことを表し、小さな数字はその件数です。{1}枚の写真で測り、それぞれネットワーク自身の答えについて説明しました: {2}。数値はすべて<a href="./results/study.json">1つのファイル</a>にあり、このページは判定も含めてそこから作られています。',
  ],

  ['Does averaging remove the speckle?', '平均すると斑点は消えるのか'],
  [
    'Averaging over noisy copies gives a cleaner map than the plain gradient.',
    'ノイズを加えたコピーで平均すると、通常の勾配よりきれいなマップになる。',
  ],
  ['The more samples, the smoother the map.', 'サンプルが多いほど、マップは滑らかになる。'],
  [
    'Judge by eye; in figures, jumps between neighbouring pixels: {} for the plain gradient, {} after {} samples. Fine speckle: {} and {}.',
    '目で見て判断してください。数値では、隣り合う画素の段差は、通常の勾配で{1}、{3}サンプル後は{2}です。細かな斑点は、それぞれ{4}と{5}です。',
  ],
  [
    'both are lower after {} samples than for the gradient, on every photo',
    'すべての写真で、{1}サンプル後の両方の値が勾配より低い',
  ],
  ['After {} samples: {} and {}.', '{1}サンプル後: {2}と{3}。'],
  [
    'Lower on {} of {} photos by jumps (total variation), on {} by speckle (high frequencies).',
    '{2}枚の写真のうち、段差(全変動)は{1}枚で、斑点(高周波成分)は{3}枚で低下。',
  ],
  [
    'Jumps between neighbouring pixels: {} with {} sample, {} with {}.',
    '隣り合う画素の段差: {2}サンプルで{1}、{4}サンプルで{3}。',
  ],
  [
    'the mean of both measures, jumps and fine speckle, falls with every step of the number of samples',
    'サンプル数を増やすたびに、段差と細かな斑点の平均がどちらも下がる',
  ],
  [
    'Jumps (total variation) at {*}. Speckle (high frequencies) at {*}.',
    '段差(全変動)、サンプル数ごとに{1}。斑点(高周波成分)、サンプル数ごとに{2}。',
  ],

  ['How much noise, and how many samples?', 'ノイズはどれだけ、サンプルはいくつ必要か'],
  [
    'Noise of {} to {} % is the best balance between a sharp map and one of the whole object.',
    '鮮明さと、物体全体が見えることのつり合いが最もよいのは、{1}〜{2}%のノイズである。',
  ],
  ['Past about {} samples little is gained.', '約{1}サンプルを超えると、得られるものは少ない。'],
  ['Four times as many samples halve the error.', 'サンプル数を4倍にすると、誤差は半分になる。'],
  [
    'Taking off what is probably noise brings {} samples nearer to a map of {} others, corrected likewise.',
    'ノイズらしい分を差し引くと、{1}サンプルのマップは、同じように補正した別の{2}サンプルのマップに近づく。',
  ],
  [
    'Taking off what is probably noise brings {} samples nearer to a map of {} others, left as they are.',
    'ノイズらしい分を差し引くと、{1}サンプルのマップは、補正しない別の{2}サンプルのマップに近づく。',
  ],
  [
    'With too much noise the network no longer sees what the photo shows. So many noisy copies keep their class: {*}.',
    'ノイズが多すぎると、ネットワークには写真の内容が見えなくなります。ノイズを加えてもクラスが変わらないコピーの割合: {1}。',
  ],
  ['{} at {} % noise', 'ノイズ{2}%で{1}'],
  [
    'at {*} % noise more than {} % of the noisy copies, on average over the photos, are still taken for what the photo is taken for',
    'ノイズ{1}%のコピーのうち、元の写真と同じクラスと判定されるものが、写真の平均で{2}%を超える',
  ],
  ['{}, {} and {}', '{1}、{2}、{3}'],
  ['{} and {}', '{1}と{2}'],
  [
    'The paper judges by eye. This only asks whether the averaged gradients still are of inputs that the network takes for what they are.',
    '論文は目で判断しています。ここでは、平均した勾配が、ネットワークが正しく見分けられる入力のものかどうかだけを調べます。',
  ],
  [
    'How far the map agrees with one of {} other samples, from {} to {}: {} at {} samples, {} at {}.',
    '別の{1}サンプルのマップとの一致度({2}〜{3}): {5}サンプルで{4}、{7}サンプルで{6}。',
  ],
  [
    'How far the map agrees with one of {} other samples, from {} to {}: {*}.',
    '別の{1}サンプルのマップとの一致度({2}〜{3}): {4}。',
  ],
  ['{} at {} samples', '{2}サンプルで{1}'],
  ['{} at {}', '{2}で{1}'],
  ['that agreement rises by less than {} from there to the longest run', 'そこから最長の計算まで、一致度の上昇が{1}未満である'],
  [
    'Agreement is that of the pixels’ order (rank correlation). The error of the mean, corrected for noise, is {} at {} samples and {} at {}.',
    '一致度は、画素の明暗の順序(順位相関)で測ります。ノイズを補正した平均の誤差は、{2}サンプルで{1}、{4}サンプルで{3}です。',
  ],
  [
    'From {} samples to {} the error falls as a power of their number: {}, where −{} is one over the root.',
    '{1}サンプルから{2}サンプルまで、誤差はサンプル数のべき乗で下がります。指数は{3}で、−{4}なら平方根に反比例することになります。',
  ],
  ['the exponent is −{} to within {}', '指数が−{1}から{2}以内にある'],
  [
    'Not corrected for noise it is {}, for what it is divided by is itself partly noise.',
    'ノイズを補正しないと{1}になります。割る値にもノイズが含まれるからです。',
  ],
  ['Agreement (correlation), plain → corrected: {*}.', '一致度(相関)、通常 → 補正: {1}。'],
  ['{} → {} pixel by pixel', '画素ごとに{1} → {2}'],
  ['{} → {} blurred over {} pixel', '{3}画素で{1} → {2}'],
  ['{} → {} blurred over {} pixels', '{3}画素でぼかすと{1} → {2}'],
  ['{} → {} blurred over {}', '{3}画素でぼかすと{1} → {2}'],
  [
    '{} samples agree better so, compared over the same window: by correlation, by the pixels’ order (rank correlation) and by structural similarity (SSIM), for every window, on average over the photos',
    '同じ窓で比べて、{1}サンプルのマップの一致度が、写真の平均で、すべての窓について、相関、順位相関、構造的類似度(SSIM)のどれでもよくなる',
  ],
  ['By rank correlation: {*}.', '順位相関では {1}。'],
  ['w = {}: {} → {}', 'w = {1}で{2} → {3}'],
  [
    'Better by correlation: {*}; by rank correlation: {*}; by SSIM as drawn: {*}.',
    'よくなったのは、相関では{1}、順位相関では{2}、描いた画像のSSIMでは{3}。',
  ],
  [
    'Better by correlation: {*}; by rank correlation: {*}; by SSIM as drawn: {*}. Corrected, what cannot be told from {} becomes {}, and has no rank.',
    'よくなったのは、相関では{1}、順位相関では{2}、描いた画像のSSIMでは{3}。補正すると、{4}と区別できない値は{5}になり、順位がつきません。',
  ],
  ['at no window', 'どの窓でもなし'],

  ['Do the maps point at what matters?', 'マップは大切なところを指しているのか'],
  [
    'With two objects in a photo, SmoothGrad tells better which of them speaks for which class.',
    '2つの物体が写っているとき、SmoothGradは、どちらがどのクラスの根拠かをよりよく区別する。',
  ],
  ['SmoothGrad’s map points at what the answer depends on.', 'SmoothGradのマップは、答えを左右するところを指している。'],
  [
    'Red or blue alone, whether a pixel speaks for one class or for the other, tells the sides apart.',
    '画素がどちらのクラスを支持するか(赤か青か)だけで、左右を区別できる。',
  ],
  [
    'Of the difference of the two classes’ maps, so much lies on the right side (chance: {}): {} for the gradient, {} for SmoothGrad. SmoothGrad is the better one on {} of {} pairs of photos.',
    '2つのクラスのマップの差のうち、正しい側にある割合(偶然なら{1}): 勾配で{2}、SmoothGradで{3}。写真{5}組のうち{4}組で、SmoothGradが上回りました。',
  ],
  [
    'SmoothGrad’s share is the higher one on at least {} % of the arrangements in which both classes are among the network’s {} most probable',
    'ネットワークの上位{2}クラスに両方のクラスが入る組み合わせの{1}%以上で、SmoothGradの割合のほうが高い',
  ],
  [
    'Each map is scaled to [{}, {}], as in the paper’s figure {}; {} samples; {} arrangements in all, of which {} count.',
    '論文の図{3}と同じく、各マップを[{1}, {2}]に正規化しました。{4}サンプル。全{5}通りの組み合わせのうち、{6}通りを数えます。',
  ],
  [
    'So many signs are right for their side (chance: {}): {} for the gradient, {} for SmoothGrad.',
    '符号が正しい側にある割合(偶然なら{1}): 勾配で{2}、SmoothGradで{3}。',
  ],
  [
    'of the gradient of the difference of both scores, SmoothGrad has more right signs than the gradient on at least {} % of the arrangements, and more than {} on average',
    '2つのスコアの差の勾配について、正しい符号の割合が、組み合わせの{1}%以上でSmoothGradのほうが高く、平均でも{2}を超える',
  ],
  ['SmoothGrad has more on {} of {} arrangements.', '{2}通りの組み合わせのうち{1}通りで、SmoothGradのほうが高くなりました。'],
  [
    'A gradient changes its sign from pixel to pixel: brighter here and darker beside it, whichever class the object is of. Sides show in the size of the gradients, not in their signs.',
    '勾配の符号は画素ごとに入れ替わります。物体がどちらのクラスでも、「ここは明るく、隣は暗く」となるのです。左右の違いは勾配の符号ではなく、大きさに表れます。',
  ],
  [
    'When what a map marks is erased first, the answer should be lost soon. What is left of its probability: {} by SmoothGrad, {} by the gradient, {} by an edge detector, {} by chance.',
    'マップが示すところから先に消すと、答えはすぐに失われるはずです。残った確率は、SmoothGradで{1}、勾配で{2}、輪郭検出で{3}、無作為で{4}です。',
  ],
  [
    'by erasing (deletion) and by putting back (insertion), with a blurred copy in place of what is gone, it is better than the gradient, the edge detector and chance, on average over the photos',
    '消した部分をぼかした写真で埋めて、消していく方法(deletion)でも戻していく方法(insertion)でも、写真の平均で、勾配、輪郭検出、無作為のどれよりもよい',
  ],
  [
    'Putting back, where high is good: {}, {}, {}, {}; areas under the curve, {} samples.',
    '戻していく方法では、高いほどよい: {1}、{2}、{3}、{4}。曲線の下の面積、{5}サンプル。',
  ],
  [
    'Erasing also rewards blur: a map that marks whole regions removes an object at once, whatever the network looks at.',
    '消していく方法では、ぼけたマップも有利になります。領域全体を示すマップは、ネットワークがどこを見ていても、物体を一度に消すからです。',
  ],

  ['Does it help other methods?', 'ほかの手法にも役立つのか'],
  ['SmoothGrad improves Integrated Gradients, too.', 'SmoothGradは、積分勾配(Integrated Gradients)も改善する。'],
  ['SmoothGrad improves Guided BackProp, too.', 'SmoothGradは、Guided BackPropも改善する。'],
  [
    'Alone → averaged over noise: jumps between neighbouring pixels {} → {}; fine speckle {} → {}.',
    '単独 → ノイズで平均: 隣り合う画素の段差{1} → {2}、細かな斑点{3} → {4}。',
  ],
  [
    'jumps between neighbouring pixels (total variation), fine speckle (high frequencies) and what is left when the marked is erased (deletion) fall, and what comes back with the marked (insertion) rises, on average over the photos',
    '写真の平均で、隣り合う画素の段差(全変動)、細かな斑点(高周波成分)、示された部分を消したときに残る確率(deletion)が下がり、示された部分を戻したときの確率(insertion)が上がる',
  ],
  ['deletion {} → {}; insertion {} → {}.', 'deletion {1} → {2}、insertion {3} → {4}。'],
  ['Better by: {*}.', '改善した指標: {1}。'],
  ['jumps between neighbouring pixels', '隣り合う画素の段差'],
  ['fine speckle', '細かな斑点'],
  ['what is left when the marked is erased', '示された部分を消したときに残る確率'],
  ['what comes back with the marked', '示された部分を戻したときの確率'],

  ['Does noise in training help, too?', '学習時のノイズも役立つのか'],
  [
    'A network that was trained on noisy pictures has a cleaner gradient.',
    'ノイズ入りの画像で学習したネットワークの勾配は、よりきれいである。',
  ],
  [
    'Noise in training and averaging over noise together give the cleanest map.',
    '学習時のノイズと、ノイズによる平均を組み合わせると、最もきれいなマップになる。',
  ],
  ['What the two noises do adds up.', '2つのノイズの効果は足し合わされる。'],
  [
    'Trained without noise → with noise {}: jumps {} → {}; speckle {} → {}.',
    'ノイズなしで学習 → ノイズ{1}で学習: 段差{2} → {3}、斑点{4} → {5}。',
  ],
  [
    'both measures of the plain gradient, jumps between neighbouring pixels (total variation) and fine speckle (high frequencies), are lower for the network trained with noise {} than for the one trained without',
    '通常の勾配の2つの指標、隣り合う画素の段差(全変動)と細かな斑点(高周波成分)が、ノイズ{1}で学習したネットワークのほうが、ノイズなしのものより低い',
  ],
  [
    'Change of jumps: {} by training, {} by averaging, {} by both. Change of speckle: {} by training, {} by averaging, {} by both.',
    '段差の変化: 学習で{1}、平均で{2}、両方で{3}。斑点の変化: 学習で{4}、平均で{5}、両方で{6}。',
  ],
  [
    'noise {} in both lowers both measures by more than noise {} in either',
    '両方にノイズ{1}を使うと、どちらか片方だけにノイズ{2}を使うより、2つの指標がどちらも大きく下がる',
  ],
  [
    'Together they do less than their sum: jumps {} beside {}; speckle {} beside {}.',
    '合わせた効果は、足し合わせた値より小さくなりました: 段差は{2}に対して{1}、斑点は{4}に対して{3}。',
  ],
  [
    'the interval of what noise {} in both does beside the sum, over {} digits drawn with replacement, holds {} for both measures, or lies below it',
    '両方にノイズ{1}を使ったときの効果と足し合わせた値との差の区間({2}個の数字の復元抽出による)が、2つの指標のどちらでも{3}を含むか、それより低い',
  ],
  [
    'total variation: difference {}, {} % interval {} to {}; high frequencies: difference {}, {} % interval {} to {}.',
    '全変動: 差{1}、{2}%区間{3}〜{4}。高周波成分: 差{5}、{6}%区間{7}〜{8}。',
  ],
  [
    'The interval is over digits. Each network was trained once, so it does not say what another training would change.',
    '区間は数字についてのものです。ネットワークは1回ずつしか学習していないので、学習をやり直したときの違いはわかりません。',
  ],
];
