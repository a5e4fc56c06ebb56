// What a <smooth-grad> is to do once the page has said all that it has to say for now: attributes set in one go make one restart, or
// one other look.

export type Task = 'look' | 'run';

export class Due {
  readonly #act: (task: Task) => void;
  #task: Task | undefined;

  constructor(act: (task: Task) => void) {
    this.#act = act;
  }

  get task(): Task | undefined {
    return this.#task;
  }

  schedule(task: Task): void {
    const isScheduled = this.#task !== undefined;
    if (this.#task !== 'run') this.#task = task;
    if (isScheduled) return;
    queueMicrotask(() => {
      const due = this.#task ?? task;
      this.#task = undefined;
      this.#act(due);
    });
  }
}
