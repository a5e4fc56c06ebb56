// The study's file to the body of the Results page. Runs when the site is built; the page itself needs no script for it.
import type { Made, PartFigures, PartName } from '../../wasm/js/study/parts.js';
import type { StudyFile } from '../../wasm/js/study/study_file.js';
import { type Claim, claimCard, overview } from './claims.js';
import { figuresOf, folded } from './figures.js';
import { type Html, html } from './html.js';
import { namesOf, type Section, type SectionContext } from './sections/section.js';
import { sections } from './sections/sections.js';

function circumstances({ date, seconds, package: version, build, threads, machine, model, seed, quick }: Made): Html {
  const time =
    seconds < 1
      ? 'together with the part before,'
      : seconds < 120
        ? `${Math.round(seconds)} s`
        : `${Math.round(seconds / 60)} min`;
  return html`<p class="made">${quick && 'A quick run, too small to mean anything. '}${model}, seed ${seed}; ${date}, ${time} on ${machine}; version ${version}, build ${build}, ${threads} threads.</p>`;
}

function makeSection<P extends PartName>(name: P, part: NonNullable<PartFigures[P]>, context: SectionContext): Section {
  return sections[name].make(part, context);
}

/** The claims of a question, and what else was found, folded away. */
function write(name: PartName, { claims, content }: Section, made: Made, after: Claim | undefined): Html {
  const { title, measured } = sections[name];
  return html`<section class="question" id="${name}" aria-labelledby="${name}-title"><h2 id="${name}-title">${title}</h2>
    ${claims.map((claim, i) => claimCard(claim, claims[i + 1] ?? after))}
    ${folded('The figures', html`<p class="measured">${measured}</p>${content}${circumstances(made)}`)}</section>`;
}

export function makePage(study: StudyFile): string {
  const { parts } = study;
  const context: SectionContext = { className: namesOf(study), figure: figuresOf(parts) };
  const names = (Object.keys(sections) as PartName[]).filter((name) => parts[name] !== undefined);
  const made = names.map((name) => {
    const part = parts[name] as NonNullable<PartFigures[PartName]>;
    return { name, part, section: makeSection(name, part as never, context) };
  });
  const claims = made.flatMap(({ section }) => section.claims);
  const photos = study.photos.map(({ target }) => target.name).join(', ');
  return html`<section class="summary" id="summary" tabindex="-1" aria-labelledby="summary-title"><h2 id="summary-title">All claims at a glance</h2>
    ${overview(claims)}<p class="aside">A rule asks for one comparison or for several: <em>held</em> means that all came out so, <em>held in part</em> that
    at least half did, and the small figures say how many. Measured on ${study.photos.length} photos, each explained for the network’s own answer: ${photos}. All figures are in <a href="./results/study.json">one file</a>; this page is made of it, verdicts included.</p></section>
    ${made.map(({ name, part, section }, i) => write(name, section, part.made, made[i + 1]?.section.claims[0]))}`.text;
}
