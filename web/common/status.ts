// The corner: how fast, on how many threads, by which build; and why on one only.
import type { Engine, Progress } from 'smoothgrad';
import { byId } from './dom.js';
import { numberFormat } from './numbers.js';

const digits = numberFormat({ maximumSignificantDigits: 3 });

export function showEngine({ threads, build, singleThreadReason }: Engine) {
  byId('threads').textContent = threads === 1 ? '1 thread' : `${threads} threads`;
  byId('build').textContent = build;
  const reason = byId('single');
  reason.hidden = singleThreadReason === undefined;
  reason.textContent = singleThreadReason === undefined ? '' : `One thread only. ${singleThreadReason}`;
}

export function showRate({ done, goal, unit, elapsedMs }: Progress) {
  if (done === 0 || elapsedMs <= 0) return;
  const words = goal === 1 ? `${digits(elapsedMs)} ms` : `${digits((done / elapsedMs) * 1000)} ${unit}/s`;
  byId('rate').textContent = words;
}
