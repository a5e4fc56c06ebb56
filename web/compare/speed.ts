// How long a pass takes, over the work of late: runs are begun, left and taken up again, so no single one can tell.

/** Of what is older only half counts. */
const memoryMs = 4000;

export interface Speed {
  add(passes: number, ms: number): void;
  /** Undefined before there was a pass. */
  readonly msPerPass: number | undefined;
}

export function createSpeed(): Speed {
  let [allPasses, allMs] = [0, 0];
  return {
    add(passes, ms) {
      if (passes <= 0 || ms <= 0) return;
      if (allMs > memoryMs) [allPasses, allMs] = [allPasses / 2, allMs / 2];
      allPasses += passes;
      allMs += ms;
    },
    get msPerPass() {
      return allPasses > 0 ? allMs / allPasses : undefined;
    },
  };
}
