// A claim beside our answer, one figure, and whether it held: by a rule in code, on the study's figures.
import { folded } from './figures.js';
import { type Content, type Html, html } from './html.js';
import { thresholds } from './thresholds.js';
import { type Try, tryLink } from './try_on.js';

export type Verdict = 'held' | 'held in part' | 'not held';

export interface Claim {
  id: string;
  /** The claim, in our words, and plain ones. */
  says: string;
  /** Whose it is; most are the paper's. */
  whose?: 'Ours' | 'Statistics';
  /** What we found, in a sentence or two. */
  answer: Content;
  /** What shows it: a chart, or maps. */
  shown: Content;
  /** When it counts as held: every one of the cases is so. */
  rule: string;
  cases: readonly boolean[];
  /** Further figures. */
  numbers?: Content;
  note?: Content;
  tryOn: Try;
}

const countSo = (cases: readonly boolean[]) => cases.filter(Boolean).length;

/** Held where all of them are so, in part where at least half are. */
export function verdictOf(cases: readonly boolean[]): Verdict {
  const share = cases.length > 0 ? countSo(cases) / cases.length : 0;
  return share === 1 ? 'held' : share >= thresholds.inPart ? 'held in part' : 'not held';
}

/** How many of the cases are so, where there is more than one. */
const tally = (cases: readonly boolean[]): Content =>
  cases.length > 1 && html`<span class="tally">${countSo(cases)} of ${cases.length}</span>`;

const signs: Record<Verdict, string> = { held: '✓', 'held in part': '±', 'not held': '✗' };

const badge = (verdict: Verdict): Html =>
  html`<span class="verdict ${verdict.replaceAll(' ', '-')}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;

const speakers = { Ours: 'We say', Statistics: 'Statistics says' } as const;

/** One screen; `next`: the claim after it. */
export const claimCard = (claim: Claim, next: Claim | undefined): Html => {
  const { id, says, whose, answer, shown, rule, cases, numbers, note, tryOn } = claim;
  return html`<article class="claim" id="${id}" aria-labelledby="${id}-says">
  <div class="words">
    <p class="whose">${whose ? speakers[whose] : 'The paper says'}</p>
    <h3 id="${id}-says">${says}</h3>
    <p class="ours">${badge(verdictOf(cases))} ${cases.length > 1 && html`<span class="compared">${tally(cases)} comparisons</span>`}</p>
    <p class="answer">${answer}</p>
    ${tryLink(tryOn)}
    ${folded('How it was judged', [
      html`<p class="rule">Counts as held when ${rule}.</p>`,
      numbers !== undefined && html`<p class="numbers">${numbers}</p>`,
      note !== undefined && html`<p class="note">${note}</p>`,
    ])}
  </div>
  <div class="evidence">${shown}</div>
  <p class="turn"><a href="#summary">All claims</a>${next && html` <a href="#${next.id}">Next claim</a>`}</p>
</article>`;
};

const listOf = (claims: readonly Claim[]): Html =>
  html`<ol class="overview">${claims.map(
    ({ id, says, cases }) => html`<li>${badge(verdictOf(cases))} <a href="#${id}">${says}</a> ${tally(cases)}</li>`,
  )}</ol>`;

/** How many came to each verdict, in a sentence. */
function counts(claims: readonly Claim[]): string {
  const verdicts = claims.map(({ cases }) => verdictOf(cases));
  const so = (one: Verdict) => verdicts.filter((verdict) => verdict === one).length;
  return `Of ${claims.length} claims ${so('held')} held, ${so('held in part')} held in part, ${so('not held')} did not hold.`;
}

/** All claims at a glance: the paper's, and our own. */
export function overview(claims: readonly Claim[]): Html {
  const ours = claims.filter(({ whose }) => whose === 'Ours');
  const theirs = claims.filter(({ whose }) => whose !== 'Ours');
  return html`<p class="counts">${counts(claims)}</p><div class="lists">
    <div><h3>What the paper says</h3>${listOf(theirs)}</div>${ours.length > 0 && html`<div><h3>What we say</h3>${listOf(ours)}</div>`}</div>`;
}
