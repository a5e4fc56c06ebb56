// What a page asked for before this package's modules were there: a map from absolute addresses to answers of fetch(), by this name.
// A preload would do, but hands over what has come by then in one piece: of a network's megabytes that keeps the page from answering.

const key = Symbol.for('smoothgrad answers');

/** Once: an answer can be read once. */
export function takeAnswer(address: string): Promise<Response> | undefined {
  const answers = (globalThis as { [key]?: Map<string, Promise<Response>> })[key];
  const answer = answers?.get(address);
  answers?.delete(address);
  return answer;
}
