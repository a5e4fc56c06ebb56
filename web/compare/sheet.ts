// From the state to a grid that fills: plan, runs, drawing.
import type { RawMap } from 'smoothgrad';
import { createColourKey, endWords } from '../common/colour_key.js';
import { byId } from '../common/dom.js';
import { sentenceOf } from '../common/failures.js';
import type { Heading, PictureParts } from '../common/picture.js';
import { session } from '../common/session.js';
import { type Context, entriesOn, findAxis } from './axes.js';
import { createGrid } from './grid.js';
import { linkTo } from './link.js';
import { type Cell, type Choice, type Plan, planGrid } from './plan.js';
import { createRunner, type Runner, type Taken } from './runner.js';
import { sheetKey } from './sheet_key.js';
import type { State } from './state.js';
import type { Subject } from './subject.js';

export interface Sheet {
  readonly runner: Runner;
  /** Cells that have their map, of all. */
  readonly figures: { filled: number; all: number; msLeft: number | undefined };
  show(state: State, context: Context): void;
  parts(): Omit<PictureParts, 'caption' | 'keys'>;
}

interface Needs {
  subject: Pick<Subject, 'prepare' | 'pixels'>;
  /** Something that the figures or the runner's state tells has changed. */
  changed: () => void;
  failed: (error: unknown) => void;
}

export function createSheet({ subject, changed, failed }: Needs): Sheet {
  const grid = createGrid();
  const colourKey = createColourKey(byId('key'));
  let state: State | undefined;
  let context: Context | undefined;
  let plan: Plan = { rows: [], runs: [] };
  let headings: Record<'rows' | 'columns', Heading[]> = { rows: [], columns: [] };
  let cells = new Map<string, Cell>();
  let turn = 0;

  /** Cells of one map; a sketch does not go over a map that came meanwhile. */
  async function draw(keys: readonly string[], raw: RawMap, isSketch = false) {
    const mine = turn;
    for (const drawing of new Set(keys.map((key) => JSON.stringify(cells.get(key)?.drawing)))) {
      const alike = keys.filter((key) => cells.has(key) && JSON.stringify(cells.get(key)?.drawing) === drawing);
      const [first] = alike;
      if (first === undefined || !state) continue;
      const { engine } = await session();
      const look = { colours: state.colours, percentile: state.percentile, ...cells.get(first)?.drawing };
      const drawn = await engine.renderMap(raw, look);
      if (mine !== turn) return;
      const signed = raw.signed === true;
      const { low, high } = endWords({ scale: drawn, signed, percentile: look.percentile });
      const scale = low === high ? low : `${low} … ${high}`;
      for (const key of alike) if (!isSketch || !runner.map(key)) grid.draw(key, drawn, scale);
      colourKey.show({ engine, ...sheetKey([...cells.values()], engine), colours: drawn.colours, signed });
    }
  }
  const name = ({ target }: Taken) => context?.classNames[target] ?? '';
  async function finish(key: string, taken: Taken) {
    const cell = cells.get(key);
    if (cell && cell.options.target === undefined) grid.note(cell.photo, name(taken));
    grid.done(key);
    await draw([key], taken.raw);
  }

  const runner = createRunner(subject.prepare, {
    progressed(waiting, done) {
      for (const { key, goal } of waiting) grid.runs(key, done, goal);
    },
    sketched(keys, raw) {
      draw(keys, raw, true).catch(failed);
    },
    isVisible: grid.isVisible,
    taken(key, taken) {
      finish(key, taken).catch(failed);
      changed();
    },
    failed(keys, error) {
      for (const key of keys) grid.fails(key, sentenceOf(error));
      failed(error);
    },
    changed,
  });

  const picturePhoto = (photo: string) => subject.pixels(photo).then((pixels) => grid.photo(photo, pixels), failed);

  return {
    runner,
    get figures() {
      const all = plan.rows.flat();
      return { filled: all.filter(({ key }) => runner.map(key)).length, all: all.length, msLeft: runner.msLeft };
    },
    show(nextState, nextContext) {
      state = nextState;
      context = nextContext;
      turn++;
      const rowAxis = findAxis(state.rows);
      const columnAxis = findAxis(state.columns);
      const rows = entriesOn(rowAxis, context, state.row);
      const columns = entriesOn(columnAxis, context, state.column);
      const choose = (axis: typeof rowAxis, value: string): Partial<Choice> => axis.choose(value);
      const next = planGrid(
        state,
        rows.map(({ value }) => choose(rowAxis, value)),
        columns.map(({ value }) => choose(columnAxis, value)),
        context.engine,
      );
      const heading = (axis: typeof rowAxis) => (entry: { value: string; title: string }) => ({
        title: entry.title,
        ...(axis.name === 'photo' ? { photo: entry.value } : {}),
      });
      headings = { rows: rows.map(heading(rowAxis)), columns: columns.map(heading(columnAxis)) };
      const shownState = state;
      grid.lay({
        corner: [`${rowAxis.title} ↓`, `${columnAxis.title} →`],
        ...headings,
        cells: next.rows.map((line, i) =>
          line.map((cell, j) => ({
            key: cell.key,
            title: `${rows[i]?.title}, ${columns[j]?.title}`,
            href: linkTo(cell, shownState),
          })),
        ),
      });
      const same = JSON.stringify(next.rows) === JSON.stringify(plan.rows);
      plan = next;
      cells = new Map(plan.rows.flat().map((cell) => [cell.key, cell]));
      if (!same) runner.want(plan);
      for (const key of cells.keys()) {
        const taken = runner.map(key);
        const failure = runner.failure(key);
        if (taken) finish(key, taken).catch(failed);
        else if (failure !== undefined) grid.fails(key, sentenceOf(failure));
      }
      for (const { photo } of [...headings.rows, ...headings.columns]) if (photo !== undefined) void picturePhoto(photo);
      changed();
    },
    parts: () => ({
      ...headings,
      cell: (row, column) => {
        const key = plan.rows[row]?.[column]?.key;
        return key !== undefined && runner.map(key) ? grid.canvas(key) : undefined;
      },
      photo: grid.thumb,
      note: grid.noteOf,
    }),
  };
}
