// How many tests passed and failed, from what each kind of test runner prints. A test that was skipped has failed, and so
// has a run that tells no numbers or did not end well.

const none = { passed: 0, failed: 1 };

function settle(counts, code) {
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
  return counts.passed + counts.failed === 0 ? none : counts;
}

/** Catch2's summary, in test cases. */
export function catchCounts({ output, code }) {
  const all = output.match(/All tests passed \(.* in (\d+) test cases?\)/);
  if (all) return settle({ passed: Number(all[1]), failed: 0 }, code);
  const summary = output.match(/^test cases:\s*(\d+) \|(.*)$/m);
  if (!summary) return none;
  const passed = Number(summary[2].match(/(\d+) passed/)?.[1] ?? 0);
  return settle({ passed, failed: Number(summary[1]) - passed }, code);
}

/** The last lines of node's test runner (TAP). */
export function nodeCounts({ output, code }) {
  const count = (word) => Number(output.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  return settle({ passed: count('pass'), failed: count('fail') + count('cancelled') + count('skipped') + count('todo') }, code);
}

/** The last lines of Playwright's list reporter. `again`: how many of those that passed did so at the second try. */
export function playwrightCounts({ output, code }) {
  const count = (word) => Number(output.match(new RegExp(`^\\s+(\\d+) ${word}`, 'm'))?.[1] ?? 0);
  const others = ['failed', 'skipped', 'interrupted', 'did not run'];
  const again = count('flaky');
  return settle({ passed: count('passed') + again, again, failed: others.reduce((sum, word) => sum + count(word), 0) }, code);
}
