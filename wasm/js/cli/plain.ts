// Text of others (names of files and classes, what a decoder says) as a terminal may show it.

/** What moves the cursor, changes colours or turns the reading direction round: C0, DEL, C1, line ends and marks of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** On one line, with escapes that mean the same in JSON, whose text stays what it was. */
export const plain = (text: string): string =>
  text.replace(unseen, (letter) => short[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
