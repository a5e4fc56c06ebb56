// The page's body in Japanese.
import { claims } from '../texts/ja/results_claims.js';
import { denoised } from '../texts/ja/results_denoised.js';
import { figures } from '../texts/ja/results_figures.js';
import { createTranslator } from './translate.js';

export const toJapanese = (html: string, missed: (text: string) => void = () => {}): string =>
  createTranslator([...claims, ...denoised, ...figures], missed)(html);
