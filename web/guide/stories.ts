// Three stories for class, five minutes each: where to look, what to say, what to ask, and what the figures show then.
import { text } from '../common/texts.js';
import type { State } from './state.js';

export interface Step {
  /** The id of the chapter, or of the figure in it. */
  at: string;
  say: string;
  /** For the class. */
  ask: string;
  set: Partial<State>;
}

export interface Story {
  title: string;
  about: string;
  steps: readonly Step[];
}

const fresh: Partial<State> = { target: undefined, x: undefined, y: undefined, noise: 0.15, copy: 1 };

export const stories: Readonly<Record<string, Story>> = {
  wrong: {
    title: text('story.wrong.title'),
    about: text('story.wrong.about'),
    steps: [
      {
        at: 'answer',
        say: text('story.wrong.1.say'),
        ask: text('story.wrong.1.ask'),
        set: { ...fresh, photo: 'astronaut' },
      },
      {
        at: 'answer',
        say: text('story.wrong.2.say'),
        ask: text('story.wrong.2.ask'),
        set: { ...fresh, photo: 'astronaut' },
      },
      {
        at: 'copies',
        say: text('story.wrong.3.say'),
        ask: text('story.wrong.3.ask'),
        set: { ...fresh, photo: 'astronaut', noise: 0.1, copy: 50 },
      },
      {
        at: 'copies',
        say: text('story.wrong.4.say'),
        ask: text('story.wrong.4.ask'),
        set: { ...fresh, photo: 'astronaut', target: 450, noise: 0.1, copy: 50 },
      },
      {
        at: 'ending',
        say: text('story.wrong.5.say'),
        ask: text('story.wrong.5.ask'),
        set: { photo: 'astronaut' },
      },
    ],
  },
  enough: {
    title: text('story.enough.title'),
    about: text('story.enough.about'),
    steps: [
      {
        at: 'copies',
        say: text('story.enough.1.say'),
        ask: text('story.enough.1.ask'),
        set: { ...fresh, photo: 'coffee' },
      },
      {
        at: 'copies',
        say: text('story.enough.2.say'),
        ask: text('story.enough.2.ask'),
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
      {
        at: 'settle',
        say: text('story.enough.3.say'),
        ask: text('story.enough.3.ask'),
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
      {
        at: 'many',
        say: text('story.enough.4.say'),
        ask: text('story.enough.4.ask'),
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
    ],
  },
  illusion: {
    title: text('story.illusion.title'),
    about: text('story.illusion.about'),
    steps: [
      {
        at: 'gate-units',
        say: text('story.illusion.1.say'),
        ask: text('story.illusion.1.ask'),
        set: { ...fresh, photo: 'camera', layers: 0 },
      },
      {
        at: 'illusion',
        say: text('story.illusion.2.say'),
        ask: text('story.illusion.2.ask'),
        set: { ...fresh, photo: 'camera', layers: 0 },
      },
      {
        at: 'illusion',
        say: text('story.illusion.3.say'),
        ask: text('story.illusion.3.ask'),
        set: { ...fresh, photo: 'camera', layers: 20 },
      },
      {
        at: 'illusion',
        say: text('story.illusion.4.say'),
        ask: text('story.illusion.4.ask'),
        set: { ...fresh, photo: 'camera', layers: 50 },
      },
    ],
  },
};
