/** See content_types.mjs. */
export function contentTypeOf(name: string): string;
