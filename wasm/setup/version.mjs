// Dotted version numbers.

/** The first version number in a text, or undefined. */
export const versionIn = (text) => text?.match(/\d+\.\d+(\.\d+)?/)?.[0];

/** Whether version a is at least b. */
export const atLeast = (a, b) => a.localeCompare(b, 'en', { numeric: true }) >= 0;
