// Numbers for people.
import { language } from './language.js';

/** The formatter is made when it is first used: the first of a page takes the browser ten milliseconds. */
export function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat(language, options);
    return made.format(value);
  };
}

export const showNumber = numberFormat({});

/** A share of 0 to 1. */
export function shareFormat(options: Intl.NumberFormatOptions): (share: number) => string {
  const format = numberFormat({ style: 'percent', ...options });
  return language === 'en' ? (share) => format(share).replace('%', ' %') : format;
}

/** With so many digits after the point. */
export const percentFormat = (digits: number) => shareFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits });

const plain = numberFormat({ maximumSignificantDigits: 2 });
const scientific = numberFormat({ notation: 'scientific', maximumSignificantDigits: 2 });

/** Two digits that say something: "0.83", "1.2 × 10⁻⁵"; never a minus that reads as a hyphen. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return plain(value).replace('-', '−');
  const [mantissa = '', exponent = ''] = scientific(value).split('E');
  const raised = [...exponent].map((digit) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(digit)]).join('');
  return `${mantissa.replace('-', '−')} × 10${raised}`;
}
