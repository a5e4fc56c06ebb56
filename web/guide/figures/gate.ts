// Figure 6, its upper half: the gates of a ReLU on the way back, by three rules.
import { byId, make } from '../../common/dom.js';
import { text } from '../../common/texts.js';

/** What passes a unit, by whether it was on in the forward pass and what comes back to it. */
export const rules: Readonly<
  Record<string, { title: string; passes: (on: boolean, message: number) => boolean; words: string }>
> = {
  gradient: {
    title: text('guide.gate.gradient'),
    passes: (on) => on,
    words: text('guide.gate.gradient.words'),
  },
  guided: {
    title: text('guide.gate.guided'),
    passes: (on, message) => on && message > 0,
    words: text('guide.gate.guided.words'),
  },
  deconvnet: {
    title: text('guide.gate.deconvnet'),
    passes: (_, message) => message > 0,
    words: text('guide.gate.deconvnet.words'),
  },
};

const messages = [2, -1.5, 0.5, -1] as const;
const signed = (value: number) => (value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Math.abs(value)}`);

export function createGate() {
  const on = [true, true, false, false];
  const list = byId('gate-units');
  const choice = byId('gate-rules');
  let rule = 'gradient';

  const units = messages.map((message, i) => {
    const button = make('button', { type: 'button' });
    button.addEventListener('click', () => {
      on[i] = !on[i];
      show();
    });
    const out = make('span', { className: 'message' });
    list.append(make('li', {}, make('span', { className: 'message', textContent: signed(message) }), button, out));
    return { message, button, out };
  });
  const show = () => {
    for (const [i, { message, button, out }] of units.entries()) {
      const open = rules[rule]?.passes(on[i] === true, message) ?? false;
      button.textContent = text(on[i] ? 'guide.gate.on' : 'guide.gate.off');
      button.setAttribute('aria-pressed', String(on[i]));
      out.textContent = signed(open ? message : 0);
      out.closest('li')?.classList.toggle('shut', !open);
    }
    byId('gate-words').textContent = rules[rule]?.words ?? '';
  };
  choice.append(
    ...Object.entries(rules).map(([name, { title }]) => {
      const input = make('input', { type: 'radio', name: 'gate-rule', value: name, checked: name === rule });
      input.addEventListener('change', () => {
        rule = name;
        show();
      });
      return make('label', {}, input, make('span', { textContent: title }));
    }),
  );
  show();
}
