// Photos on their way in, and the part of one that is looked at.
export const page = {
  'crop.open': '切り抜き',
  'crop.photo-open': '写真を切り抜く',
  'crop.half': '2本の線の間、つまり正方形の中央の半分が、2枚を並べた画像に入ります。',
  'crop.title': 'ネットワークに見せる範囲',
  'crop.photo': '写真の全体',
  'crop.square': '範囲。矢印キーで動かし、プラスとマイナスで大きさを変えます',
  'crop.size': '大きさ',
  'crop.take': 'この範囲を使う',
  'crop.usual': '通常どおり中央を使う',
  'crop.everything': '全体を正方形に縮めて使う',
  'crop.close': 'キャンセル',
};

export const words = {
  'crop.value': '{width} × {height}画素のうち{side} × {side}',
  'part.middle': '写真の中央{share}',
  'part.everything': '全体を正方形に縮めたもの',
  'part.chosen': '選んだ範囲',
  'photo.reading': '「{name}」({size})を読み込んでいます',
  'photo.reading-several': '「{name}」({size})を読み込んでいます({all}枚中{number}枚目)',
  'photo.others': { other: 'ほかの{count}枚は読み込みました。' },
  'photo.strip': 'あなたの写真の一覧',
  'photo.own-named': 'あなたの写真 {name}',
  'photo.nameless': '画像',
  'photo.another-page': '別のページ',
  'photo.elsewhere':
    '「{name}」は{host}にあります。何を見ているかが誰にも知られないよう、このページはほかのサイトに接続しません。元のページで画像そのものをコピーしてここに貼り付けるか、保存してからそのファイルを選んでください。',
  'photo.address-unread':
    '「{name}」をそのアドレスから読み込めませんでした。画像を保存してから、そのファイルを選んでください。',
};
