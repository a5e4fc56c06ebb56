// A claim of the paper beside our figure, and whether it held: by a rule in code, on the study's figures.
import { type Content, type Html, html } from './html.js';

export type Verdict = 'held' | 'held in part' | 'did not hold';

export interface Claim {
  id: string;
  /** The claim, in our words. */
  says: string;
  /** Whose it is; most are the paper's. */
  whose?: string;
  figure: Content;
  /** When it counts as held: every one of the cases is so. */
  rule: string;
  cases: readonly boolean[];
  note?: Content;
}

const countSo = (cases: readonly boolean[]) => cases.filter(Boolean).length;

/** Held where all of them are so, in part where some are. */
export function verdictOf(cases: readonly boolean[]): Verdict {
  const so = countSo(cases);
  return cases.length > 0 && so === cases.length ? 'held' : so > 0 ? 'held in part' : 'did not hold';
}

/** How many of the cases are so, where there is more than one. */
const tally = (cases: readonly boolean[]): Content =>
  cases.length > 1 && html`<span class="tally">${countSo(cases)} of ${cases.length}</span>`;

const signs: Record<Verdict, string> = { held: '✓', 'held in part': '±', 'did not hold': '✗' };

export const badge = (verdict: Verdict): Html =>
  html`<span class="verdict ${verdict.replaceAll(' ', '-')}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;

export const claimCard = ({
  id,
  says,
  whose,
  figure,
  rule,
  cases,
  note,
}: Claim): Html => html`<article class="claim" id="${id}">
  <h3>${says}</h3>
  <p class="whose">${whose ?? 'The paper'}</p>
  <div class="ours">${badge(verdictOf(cases))}<p>${figure}</p></div>
  <p class="rule">Counts as held when ${rule}${cases.length > 1 && html`: so it is in ${tally(cases)} comparisons`}.</p>${note && html`<p class="note">${note}</p>`}
</article>`;

export const overview = (claims: readonly Claim[]): Html =>
  html`<ol class="overview">${claims.map(
    ({ id, says, cases }) =>
      html`<li><span>${badge(verdictOf(cases))} ${tally(cases)}</span> <a href="#${id}">${says}</a></li>`,
  )}</ol>`;
