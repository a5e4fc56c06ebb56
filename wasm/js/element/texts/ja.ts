// What <smooth-grad> says in Japanese.
import type { ErrorCode } from '../../api/index.js';
import type { Texts } from './texts.js';

const units: Readonly<Record<string, string>> = { samples: 'サンプル', maps: 'マップ', squares: 'マス' };

const meanings: Record<ErrorCode, string> = {
  'bad-model': 'このモデルは読み込めません',
  'unsupported-operator': 'このモデルには対応していない演算があります',
  'bad-option': '設定が正しくありません',
  'bad-image': 'この画像は読み込めません',
  'bad-tensor': 'このテンソルは使えません',
  'not-found': '必要なファイルが見つかりません',
  'worker-lost': '計算が途中で止まりました',
  'out-of-memory': 'メモリが足りません',
  'unsupported-platform': 'このブラウザには対応していません',
  closed: 'すでに終了しています',
};

export const japanese: Texts = {
  play: '再生',
  pause: '一時停止',
  retry: 'やり直す',
  empty: '写真がありません',
  preparing: 'マップを準備しています',
  scaled: '正規化したマップの差',
  after: { error: 'エラーで停止', paused: '一時停止中' },
  key: '色の見方',
  comma: '、',
  classNumber: (index) => `クラス${index}`,
  speaks: (target, versus) => (versus === undefined ? `「${target}」の根拠` : `「${versus}」ではなく「${target}」とする根拠`),
  difference: (target, versus) =>
    versus === undefined ? `「${target}」の正規化したマップ` : `正規化したマップの差: 「${target}」−「${versus}」`,
  count: (done, goal, unit) => `${goal}${units[unit] ?? unit}中${done}`,
  failed: (code, message) => `${meanings[code]}(${message})`,
};
