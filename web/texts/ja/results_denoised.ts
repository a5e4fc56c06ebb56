// Results: what is said of the denoised map; as results_claims.ts.

export const denoised: readonly (readonly [english: string, japanese: string])[] = [
  ['What do the same samples say, denoised?', '同じサンプルからノイズを除くと、何がわかるか'],
  [
    'The denoised map is nearer to that of endless samples than any other view of the same ones.',
    'ノイズを除去したマップは、同じサンプルから作るほかのどのマップよりも、サンプルを無限に増やしたときのマップに近い。',
  ],
  ['Denoising saves half of the samples.', 'ノイズ除去により、サンプルを半分に減らせる。'],
  [
    'Looked at from further away, it agrees at least as well as the plain map, too.',
    '離れて見ても、通常のマップと同じかそれ以上に一致する。',
  ],
  ['It does here what its prototype did on five other photos.', '試作版が別の5枚の写真で示した効果を、ここでも示す。'],
  [
    'Noise in pairs, each with its opposite, says more than as many independent samples.',
    'ノイズを正負の組で使うと、同じ数の独立したサンプルより多くのことがわかる。',
  ],
  ['The denoised map knows how far off it is.', 'ノイズを除去したマップは、自分の誤差を知っている。'],
  [
    'Of the pixels that are said to stand out, no more than {} % have the wrong sign.',
    'ノイズから区別できるとされた画素のうち、符号が間違っているのは{1}%以下である。',
  ],
  [
    'Where there is only noise it shows nothing, and where there is something it shows it.',
    'ノイズしかなければ何も示さず、何かがあればそれを示す。',
  ],
  ['It takes nothing from the photo.', '写真からは何も取り入れていない。'],
  ['Where the true map is dark, it is dark.', '真のマップが暗いところでは、暗い。'],
  ['It helps on small pictures, too.', '小さな画像でも役に立つ。'],
  [
    'So many samples, denoised, agree with it as well as so many plain ones: {*}.',
    'ノイズを除去したサンプルは、それより多い通常のサンプルと同じだけ一致します: {1}。',
  ],
  ['{} as {}', '{1}サンプルで{2}サンプル相当'],
  [
    'by correlation, by the pixels’ order (rank correlation) and by structural similarity (SSIM) it agrees better than each of the other views, after every number of samples, on average over the photos',
    'どのサンプル数でも、写真の平均で、相関、順位相関、構造的類似度(SSIM)のどれについても、ほかのどのマップよりよく一致する',
  ],
  ['by rank correlation {*}; by SSIM as drawn {*}', '順位相関では{1}、描いた画像のSSIMでは{2}'],
  ['{} show what {} plain ones do', '{1}サンプルで通常の{2}サンプル相当'],
  ['{*}, {} show what {} plain ones do.', '{1}、{2}サンプルで通常の{3}サンプル相当です。'],
  [
    'the plain map needs at least {} times as many samples for its correlation, whatever the number',
    'どのサンプル数でも、同じ相関を得るのに、通常のマップでは{1}倍以上のサンプルが必要になる',
  ],
  [
    'What it is worth shrinks as samples become more: in the end the plain mean is right by itself.',
    'サンプルが増えるほど、効果は小さくなります。最後には、通常の平均だけで正しくなるからです。',
  ],
  ['Correlation at {} samples, plain → denoised: {*}.', '{1}サンプルでの相関、通常 → ノイズ除去: {2}。'],
  [
    'its correlation is the highest of denoised, plain and corrected after every number of samples and for every window from {} pixel on, on average over the photos',
    'どのサンプル数でも、{1}画素以上のどの窓でも、写真の平均で、ノイズ除去、通常、補正のうち相関が最も高い',
  ],
  ['Correlation at {} samples: {} here, {} there.', '{1}サンプルでの相関: ここでは{2}、試作版では{3}。'],
  ['no figure is more than {} worse, the relative error among them', '相対誤差も含めて、どの数値も{1}を超えて悪くならない'],
  ['In brackets the prototype’s: {*}.', 'かっこ内は試作版の値: {1}。'],
  ['correlation, {} samples {} ({})', '相関、{1}サンプルで{2}({3})'],
  ['rank correlation {} ({})', '順位相関{1}({2})'],
  ['SSIM as drawn {} ({})', '描いた画像のSSIM{1}({2})'],
  ['correlation, window {} {} ({})', '相関、窓{1}で{2}({3})'],
  ['relative error {} ({})', '相対誤差{1}({2})'],
  [
    'The plain map’s correlation is {} here and was {} there, at {} samples: photos are not equally hard.',
    '{3}サンプルでの通常のマップの相関は、ここでは{1}、試作版では{2}でした。写真によって難しさが違います。',
  ],
  ['By the error of the plain mean, {*}.', '通常の平均の誤差では、{1}。'],
  ['{} in pairs do as {}', '組にした{1}サンプルが{2}サンプルに相当'],
  [
    'the error of the plain mean and the correlation of the denoised map are both better with pairs, after every number of samples, on average over the photos',
    'どのサンプル数でも、写真の平均で、通常の平均の誤差とノイズ除去マップの相関が、どちらも組にしたほうがよい',
  ],
  ['Correlation of the denoised map: {*}.', 'ノイズ除去マップの相関: {1}。'],
  ['{} samples: {} beside {}', '{1}サンプルで{3}に対し{2}'],
  ['The error that it expects / its true one: {*}.', '推定した誤差 / 実際の誤差: {1}。'],
  ['{} samples: {} / {}', '{1}サンプルで{2} / {3}'],
  [
    'the expected error is within {} % of the true one, for every photo and number of samples',
    'どの写真、どのサンプル数でも、推定した誤差が実際の誤差の{1}%以内に収まる',
  ],
  [
    'Of few samples it expects too little, for it takes the noise that it estimates for the true one.',
    'サンプルが少ないと誤差を小さく見積もります。推定したノイズを真のノイズとみなすからです。',
  ],
  ['Wrong ones among them: {*}.', 'そのうち間違っている割合: {1}。'],
  ['{} samples: {}', '{1}サンプルで{2}'],
  [
    'the share with another sign than that of the map of thousands of other samples, as if that had no noise, is at most {} % for every photo and number of samples, by the denoised map (“known sign”) and by the significance view',
    '別の数千サンプルのマップ(ノイズがないものとみなす)と符号が異なる割合が、どの写真、どのサンプル数でも、ノイズ除去マップ(符号が確かな成分)と有意度のどちらについても{1}%以下である',
  ],
  [
    'So much of the map stands out: {*}. By the significance view, wrong: {*}; stand out: {*}.',
    'マップのうち、ノイズから区別できる割合: {1}。有意度では、間違いが{2}、区別できる割合が{3}。',
  ],
  [
    'Of {} sets of real gradients, half of which were turned round so that only noise is left, {} stay dark.',
    '実際の勾配の半分を逆向きにしてノイズだけにした{1}組のうち、暗いままだったのは{2}組です。',
  ],
  [
    'it sees nothing in any of the former, and something in all photos and digits',
    'ノイズだけの組ではどれにも何も見つけず、すべての写真と数字では何かを見つける',
  ],
  [
    'Likeness (correlation) with the photo’s edges when the network’s weights are random, so that there is nothing to explain: {}, plain {}.',
    '重みがランダムで説明すべきものがないときの、写真の輪郭との類似度(相関): {1}、通常のマップでは{2}。',
  ],
  [
    'with random weights it is at most {} either way on every photo, and of the real network’s maps no more than {} above that of the map of many samples',
    '重みがランダムなら、どの写真でも正負を問わず{1}以下で、実際のネットワークのマップでは、多数のサンプルのマップの値を{2}より多く上回らない',
  ],
  [
    'Of the real network at {} samples {}, of the map of many samples {}.',
    '実際のネットワークでは、{1}サンプルで{2}、多数のサンプルのマップで{3}です。',
  ],
  [
    'In the darkest quarter it is so many times too bright, plain → denoised: {*}.',
    '最も暗い4分の1の領域が、何倍明るすぎるか。通常 → ノイズ除去: {1}。',
  ],
  ['{} → {} after {} samples', '{3}サンプルで{1} → {2}'],
  [
    'it is no more than {} times as bright as it should be, for every photo and number of samples',
    'どの写真、どのサンプル数でも、本来の{1}倍以下の明るさである',
  ],
  ['After {} samples the plain map is still {} times as bright.', '{1}サンプル後も、通常のマップは{2}倍明るいままです。'],
  [
    'Agreement (correlation) on {} digits of {} × {} pixels at {} samples, plain → denoised: {*}.',
    '{2} × {3}画素の数字{1}個、{4}サンプルでの一致度(相関)、通常 → ノイズ除去: {5}。',
  ],
  ['{} → {} by {_}', '{3}で{1} → {2}'],
  [
    'it raises the correlation with other samples by {} or more, for every digit network and number of samples',
    'どの数字のネットワーク、どのサンプル数でも、別のサンプルとの相関が{1}以上高くなる',
  ],
  [
    'Where the plain mean is nearly right by itself, little is left to gain.',
    '通常の平均だけでほぼ正しいところでは、改善の余地はわずかです。',
  ],
  [
    'Measured on {} photos, those above and more, taken for {*}. The other samples are of another seed; correlations are those with a map of them without noise, told from its halves.',
    '上の写真を含む{1}枚で測りました。追加した写真の答えは{2}です。別のサンプルは、別のシードによるものです。相関は、2つの半分から推定した、ノイズのないマップとの相関です。',
  ],
];
