// How long a grid still takes, in words that do not pretend to know more than they do.

/** "about 40 s left": steps of five seconds, from two minutes on whole minutes. */
export function timeLeft(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 120) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
