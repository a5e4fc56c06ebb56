// What the network says, as bars: on a photo of the figures' own, or to choose an answer from.
import type { ClassScore } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';

/** `choose` makes buttons of them, of which `chosen` is pressed. */
export function showBars(id: string, scores: readonly ClassScore[], chosen: number, choose?: (index: number) => void) {
  const list = byId(id);
  const focused = [...list.children].findIndex((row) => row.contains(document.activeElement));
  list.replaceChildren(
    ...scores.map(({ index, name, probability }) => {
      const fill = make('span', { className: 'fill' });
      fill.style.transform = `scaleX(${probability})`;
      const content = [
        fill,
        make('span', { className: 'name', textContent: name }),
        make('span', { className: 'share', textContent: showProbability(probability) }),
      ];
      const row = make('li', { className: index === chosen ? 'bar asked' : 'bar' });
      if (choose) {
        const button = make('button', { type: 'button', title: text('guide.ask', { name }) }, ...content);
        button.setAttribute('aria-pressed', String(index === chosen));
        button.addEventListener('click', () => choose(index));
        row.append(button);
      } else row.append(...content);
      return row;
    }),
  );
  list.querySelectorAll('button')[focused]?.focus();
}
