// The corner: how fast, on how many threads, by which build; and why on one only.
import type { Engine, Progress } from 'smoothgrad';
import { byId } from './dom.js';
import { numberFormat } from './numbers.js';
import { nameOf, text } from './texts.js';

const digits = numberFormat({ maximumSignificantDigits: 3 });

export function showEngine({ threads, build, singleThreadReason, fewerThreadsReason }: Engine) {
  byId('threads').textContent = text('threads', { count: threads });
  byId('build').textContent = build;
  const reason = byId('single');
  reason.hidden = (singleThreadReason ?? fewerThreadsReason) === undefined;
  reason.textContent =
    singleThreadReason === undefined
      ? (fewerThreadsReason ?? '')
      : text('threads.one', { reason: nameOf('reason', singleThreadReason, singleThreadReason) });
}

export function showRate({ done, goal, unit, elapsedMs }: Progress) {
  if (done === 0 || elapsedMs <= 0) return;
  const rate = digits((done / elapsedMs) * 1000);
  byId('rate').textContent =
    goal === 1 ? text('rate.ms', { time: digits(elapsedMs) }) : text('rate.second', { rate, unit: nameOf('unit', unit, unit) });
}
