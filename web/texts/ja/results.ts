// Results: what the page says around the claims; those are in results_claims.ts and the files beside it.

export const page = {
  'results.description':
    'SmoothGrad論文の主張を1画面に1つずつ、支持されたかどうか、実測の図1枚、自分の写真で試すリンクとともに示します。',
  'results.page': '検証結果 – SmoothGrad',
  'results.skip': '主張へ移動',
  'results.title': '論文の主張は成り立つのか',
  'results.lead':
    'SmoothGrad論文の主張と、私たちの主張を、それぞれ横に示した基準で検証しました。数値は<code>npm run results</code>が測り直したもので、判定はどれも手で書いていません。',
  'results.caveats': 'ここからは言えないこと',
  'results.caveat.smooth':
    '<strong>SmoothGradは関数を滑らかにするわけではありません。</strong>ノイズを加えた入力で勾配を平均するので、関数の高次の微分の影響が加わります。誰かが使う滑らかなネットワークの勾配ではありません(<a href="https://arxiv.org/abs/1802.03862" rel="noreferrer">Seo et al. 2018</a>)。',
  'results.caveat.redraw':
    '<strong>Guided BackPropは、</strong>クラスにかかわらず写真を部分的に復元します(<a href="https://arxiv.org/abs/1805.07039" rel="noreferrer">Nie et al. 2018</a>)。線がきれいだからといって、答えを説明しているとは言えません。',
  'results.caveat.right':
    '<strong>ネットワークに依存しないマップでも、正しく見えることがあります。</strong>輪郭検出のマップがそうで、比較のために加えてあります。また、ネットワークの重みをランダムにしてもほとんど変わらない手法もあります(<a href="https://arxiv.org/abs/1810.03292" rel="noreferrer">Adebayo et al. 2018</a>)。',
  'results.caveat.blur':
    '<strong>消したり戻したりする方法では、ぼけたマップが有利になります。</strong>その入力は写真と埋め草が半々で、ネットワークが学習したものではありません。埋め草によって手法の順位が変わりうるので、2種類を示しています。',
  'results.caveat.few':
    '<strong>わずかな枚数の写真と、1つのネットワークです。</strong>最後の問いでは、1回ずつ学習した小さな数字のネットワークです。「支持」とは、それらについてという意味です。偶然でどこまで変わりうるかは、区間を示したものでしかわかりません。',
  'results.footer': 'ブラウザの中で動くのと同じエンジンを使い、Nodeで測定しました。',
} as const;
