// The sheet on which a model of the user's own is made ready: what it is, how photos are prepared for it, what its classes are called,
// and at once what it says of the current photo. Cancel leaves everything as it was.
import type { Engine } from 'smoothgrad';
import { rankClasses } from 'smoothgrad';
import { byId } from '../../common/dom.js';
import { reasonOf, sentenceOf } from '../../common/failures.js';
import type { ModelSettings, OwnFile } from '../../common/own_models.js';
import { showProbability } from '../../common/scores.js';
import { text } from '../../common/texts.js';
import { type Check, createCheck, showSeen } from './check.js';
import { choicesOf, type Facts, settingsOf } from './choices.js';
import { showFacts, summaryOf } from './facts.js';
import { createFields, FieldError } from './fields.js';
import { createNames } from './names.js';
import { createRecipes, propertiesOf } from './recipes.js';

export interface Subject {
  engine: Engine;
  own: OwnFile;
  facts: Facts;
  title: string;
  /** Those that it has so far. */
  settings: ModelSettings;
  photo: Blob;
  /** Its settings are changed. */
  isKept: boolean;
  /** Its file was opened before, and is kept already. */
  isSame: boolean;
  /** Rejects where the browser does not. */
  keep(title: string, settings: ModelSettings): Promise<void>;
  /** Without being kept: until the page is left. */
  visit(title: string, settings: ModelSettings): Promise<void>;
}

export interface Sheet {
  /** Resolves once it is closed. */
  open(subject: Subject): Promise<void>;
}

/** Typing is not asked about letter by letter. */
const settleMs = 400;

export function createSheet(imageNet: () => Promise<readonly string[]>): Sheet {
  const dialog = byId<HTMLDialogElement>('sheet');
  const problem = byId('sheet-problem');
  const status = byId('sheet-status');
  const name = byId<HTMLInputElement>('sheet-name');
  let subject: Subject | undefined;
  let check: Check | undefined;
  let settings: ModelSettings = {};
  let turn = 0;
  let isForVisit = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const fields = createFields();
  const names = createNames(imageNet, () => void refresh());
  const title = () => name.value.trim() || (subject?.title ?? '');
  const recipes = createRecipes(() => (subject ? propertiesOf(title(), settings, subject.facts.inputShape[1] ?? 3) : []));

  /** What is shown of it is not by what stands in the fields. */
  const setBusy = (isBusy: boolean) => byId('sheet-guesses').setAttribute('aria-busy', String(isBusy));
  function complain(error: unknown) {
    problem.textContent = sentenceOf(error);
    status.textContent = '';
    if (error instanceof FieldError) error.field.setAttribute('aria-invalid', 'true');
  }
  function clear() {
    problem.textContent = '';
    for (const field of dialog.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  }

  /** Tries what the fields say; whether that works, undefined where they have changed since. */
  async function refresh(): Promise<boolean | undefined> {
    clearTimeout(timer);
    if (!subject || !check) return false;
    const { facts } = subject;
    const mine = ++turn;
    try {
      const choices = fields.read();
      const chosen = settingsOf({ ...choices, names: undefined }, facts);
      fields.settle(choices, chosen);
      status.textContent = text('sheet.looking');
      setBusy(true);
      const seen = await check.look(chosen);
      if (mine !== turn || !seen) return undefined;
      const given = await names.read(seen);
      if (mine !== turn) return undefined;
      settings = { ...chosen, ...(given === undefined ? {} : { classNames: [...given] }) };
      const called = given ?? seen.classNames;
      showSeen(seen, called);
      setBusy(false);
      const [top] = rankClasses(seen.logits, called, 1, seen.ending);
      if (top) {
        const name = called.length > 0 ? top.name : text('class', { index: String(top.index) });
        const first = text('sheet.first.class', { name, probability: showProbability(top.probability) });
        status.textContent = text('sheet.first', { first });
      }
      clear();
      recipes.refresh();
      return true;
    } catch (error) {
      if (mine !== turn) return undefined;
      clear();
      setBusy(true);
      complain(error);
      return false;
    }
  }

  async function use() {
    const works = await refresh();
    if (works !== true || !subject) {
      if (works === false) (dialog.querySelector<HTMLElement>('[aria-invalid]') ?? byId('sheet-use')).focus();
      return;
    }
    try {
      await (isForVisit ? subject.visit(title(), settings) : subject.keep(title(), settings));
      dialog.close();
    } catch (error) {
      isForVisit = true;
      byId('sheet-use').textContent = text('sheet.use.visit');
      complain(new Error(text('sheet.unkept', { reason: reasonOf(error) })));
    }
  }

  byId('sheet-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void use();
  });
  byId('sheet-form').addEventListener('change', () => void refresh());
  byId('sheet-form').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), settleMs);
  });
  for (const id of ['sheet-cancel', 'sheet-close']) byId(id).addEventListener('click', () => dialog.close());

  return {
    async open(next) {
      subject = next;
      check = createCheck(next.engine, next.own, next.photo);
      isForVisit = false;
      const way = next.isKept ? 'kept' : 'new';
      byId('sheet-title').textContent = text(`sheet.title.${way}`);
      byId('sheet-use').textContent = text(`sheet.use.${way}`);
      const again = byId('sheet-again');
      again.hidden = !next.isSame;
      again.textContent = next.isSame ? text('sheet.again', { title: next.title }) : '';
      byId('sheet-what').textContent = summaryOf(next.own, next.facts);
      byId('sheet-guesses').replaceChildren();
      name.value = next.title;
      clear();
      fields.show(next.facts, choicesOf(next.facts, next.settings));
      names.show(next.settings.classNames);
      for (const panel of dialog.querySelectorAll('details')) panel.open = false;
      dialog.showModal();
      dialog.scrollTop = 0;
      void showFacts(byId('sheet-facts'), byId('sheet-notes'), next.own, next.facts);
      void refresh();
      await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
      clearTimeout(timer);
      turn++;
      subject = undefined;
      check = undefined;
    },
  };
}
