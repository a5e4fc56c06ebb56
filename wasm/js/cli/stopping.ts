// What is left to do when somebody stops a command: the terminal gets its cursor back, halves of files go, and what was not done is
// said. The exit code is the signal's own, 130 or 143.

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const duties = new Set<() => void>();

function stopped(signal: NodeJS.Signals): void {
  // The last one first: a bar is taken away before something is said.
  for (const duty of [...duties].reverse()) duty();
  listen('off');
  process.kill(process.pid, signal);
}

function listen(how: 'on' | 'off'): void {
  for (const signal of signals) process[how](signal, stopped);
}

/** Has it done where a signal ends the command; what comes back takes that away. */
export function whenStopped(duty: () => void): () => void {
  if (duties.size === 0) listen('on');
  duties.add(duty);
  return () => {
    duties.delete(duty);
    if (duties.size === 0) listen('off');
  };
}
