// The grid: a row a network, a column a level of noise at inference; at the head of a row the network's answer.
import type { DrawnMap, Progress } from 'smoothgrad';
import { side } from '../common/digits.js';
import { byId, make } from '../common/dom.js';
import { shortNumber } from '../common/numbers.js';
import { showPixels } from '../common/pixels.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import { type Answer, createAnswer } from './answer.js';
import { type DigitNetwork, showLevel } from './networks.js';
import type { Square } from './rounds.js';
import { createRowTools, type RowTools } from './row_tools.js';

/** Noise at inference, as a share of the range of the digit's levels. */
const levels = [0, 0.1, 0.2, 0.3];

interface Row {
  node: HTMLElement;
  answer: Answer;
  squares: readonly (Square & { clear(): void })[];
  tools: RowTools | undefined;
}

export interface Grid {
  readonly squares: readonly Square[];
  setNetworks(networks: readonly DigitNetwork[]): void;
  /** Takes maps and answers away: there is no digit. */
  clear(): void;
}

function node(role: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = make('div', { className }, ...children);
  made.setAttribute('role', role);
  return made;
}

/** The page's one outline. */
function outlineOf(): SVGElement {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#outline');
  picture.setAttribute('viewBox', `0 0 ${side} ${side}`);
  picture.ariaHidden = 'true';
  picture.append(use);
  return picture;
}

function createSquare(network: DigitNetwork, noise: number, progressed: (progress: Progress) => void) {
  const canvas = make('canvas', { width: side, height: side });
  const range = make('span', { className: 'figure range' });
  const draw = (picture: DrawnMap) => {
    showPixels(canvas, picture);
    range.textContent = `${picture.low < 0 ? '±' : '≤'} ${shortNumber(picture.high)}`;
  };
  const label = (what: string) =>
    canvas.setAttribute('aria-label', text('lab.square', { training: showLevel(network.noise), map: showLevel(noise), what }));
  const figure = make('span', { className: 'figure', title: text('lab.square.noise') });
  canvas.setAttribute('role', 'img');
  label(text('lab.square.empty'));
  return {
    cell: node('cell', 'cell', make('div', { className: 'square' }, canvas, outlineOf()), figure, range),
    square: {
      model: network.model,
      noise,
      draw,
      show(progress, { totalVariation }) {
        if (progress.picture) draw(progress.picture);
        canvas.dataset.samples = String(progress.done);
        label(text('lab.square.speaks', { target: progress.target }));
        figure.textContent = totalVariation.toFixed(2);
        progressed(progress);
      },
      clear() {
        canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
        delete canvas.dataset.samples;
        label(text('lab.square.empty'));
        figure.textContent = range.textContent = '';
      },
    } satisfies Row['squares'][number],
  };
}

function createRow(network: DigitNetwork, remove: () => void): Row {
  const answer = createAnswer(network.model);
  const title = make('span', { className: 'trained', textContent: network.own ? network.title : showLevel(network.noise) });
  const head = node('rowheader', 'network', title, ...answer.nodes);
  if (network.accuracy !== undefined) {
    const right = make('span', { className: 'accuracy', title: text('lab.right.title') });
    right.textContent = text('lab.right', { share: showProbability(network.accuracy) });
    head.append(right);
  }
  const tools = network.own && createRowTools(network.own, remove);
  if (tools) head.append(tools.node);
  const made = levels.map((noise) => createSquare(network, noise, noise === 0 ? answer.show : () => {}));
  return {
    node: node('row', network.own ? 'row own' : 'row', head, ...made.map(({ cell }) => cell)),
    answer,
    squares: made.map(({ square }) => square),
    tools,
  };
}

/** `remove` is told the network whose row is no longer wanted. */
export function createGrid(remove: (network: DigitNetwork) => void): Grid {
  const box = byId('grid');
  const rows = new Map<DigitNetwork, Row>();
  const heads = levels.map((noise) => node('columnheader', 'level', showLevel(noise)));
  box.append(node('row', 'row levels', node('columnheader', 'corner', text('lab.corner')), ...heads));
  return {
    get squares() {
      return [...rows.values()].flatMap((row) => row.squares);
    },
    setNetworks(networks) {
      for (const [network, row] of rows) {
        if (networks.includes(network)) continue;
        row.node.remove();
        row.tools?.end();
        rows.delete(network);
      }
      for (const network of networks) {
        if (rows.has(network)) continue;
        const row = createRow(network, () => remove(network));
        rows.set(network, row);
        box.append(row.node);
      }
    },
    clear() {
      for (const { squares, answer } of rows.values()) {
        answer.clear();
        for (const square of squares) square.clear();
      }
    },
  };
}
