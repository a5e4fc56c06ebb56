// How far smoothgrad batch is: a line that is written over on a terminal, one a minute elsewhere, one at the end.

const shownMs = { terminal: 200, elsewhere: 60_000 };

/** Of seconds: 40 s, 12 min, 3 h 05 min. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export class BatchProgress {
  readonly counts = { done: 0, there: 0, failed: 0 };
  readonly #total: number | undefined;
  readonly #isTerminal = process.stderr.isTTY === true;
  #begin = performance.now();
  #shown = performance.now();

  constructor(total: number | undefined) {
    this.#total = total;
  }

  count(what: keyof BatchProgress['counts']): void {
    // The time for what was there already says nothing of what is to come.
    if (this.counts.done + this.counts.failed === 0 && what === 'there') this.#begin = performance.now();
    this.counts[what]++;
    const now = performance.now();
    if (now - this.#shown < (this.#isTerminal ? shownMs.terminal : shownMs.elsewhere)) return;
    this.#shown = now;
    this.#say(this.#line(), this.#isTerminal);
  }

  /** What there was to do is done. */
  end(): void {
    const { done } = this.counts;
    const seconds = (performance.now() - this.#begin) / 1000;
    const rate = done > 0 ? ` (${(done / seconds).toFixed(2)} a second, ${duration(seconds)})` : '';
    this.#say(`${this.counted()}${rate}`, false);
  }

  counted(): string {
    const { done, there, failed } = this.counts;
    const parts = [`${done} photos done`, there > 0 && `${there} were there`, failed > 0 && `${failed} failed`];
    return parts.filter(Boolean).join(', ');
  }

  /** Before something else is said. */
  clear(): void {
    if (this.#isTerminal) process.stderr.write('\r\x1b[K');
  }

  #line(): string {
    const { done, there, failed } = this.counts;
    const rate = (1000 * (done + failed)) / (performance.now() - this.#begin);
    const all = done + there + failed;
    const left = this.#total === undefined || rate === 0 ? '' : `, ${duration((this.#total - all) / rate)} left`;
    const broken = failed > 0 ? `, ${failed} failed` : '';
    return `${all}${this.#total === undefined ? '' : ` of ${this.#total}`} photos${broken}, ${rate.toFixed(2)} a second${left}`;
  }

  #say(text: string, again: boolean): void {
    this.clear();
    process.stderr.write(`smoothgrad: ${text}${again ? '' : '\n'}`);
  }
}
