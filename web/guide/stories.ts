// Three stories for class, five minutes each: where to look, what to say, what to ask, and what the figures show then.
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
    title: 'A wrong answer',
    about: 'An astronaut stands before the network, and it says “football helmet”. Where does that come from?',
    steps: [
      {
        at: 'answer',
        say: 'You see an astronaut. The network has no such word among its thousand. It must say something else.',
        ask: 'Before you read on: what would you say, if “astronaut” did not exist?',
        set: { ...fresh, photo: 'astronaut' },
      },
      {
        at: 'answer',
        say: 'One gradient should show what the answer hangs on. It is static from edge to edge.',
        ask: 'Who can find a helmet in the map on the right?',
        set: { ...fresh, photo: 'astronaut' },
      },
      {
        at: 'copies',
        say: 'Fifty noisy copies, one pile. Now the map has a shape. Few copies are still called the same: it was never a firm answer.',
        ask: 'Point at what is bright. Is it the helmet, the suit, the face?',
        set: { ...fresh, photo: 'astronaut', noise: 0.1, copy: 50 },
      },
      {
        at: 'copies',
        say: 'The network’s second answer is “bobsled”. The same photo, another question.',
        ask: 'What has become brighter, and what darker? What do the two answers share?',
        set: { ...fresh, photo: 'astronaut', target: 450, noise: 0.1, copy: 50 },
      },
      {
        at: 'ending',
        say: 'A wrong answer has reasons, too. The map shows what the score is sensitive to, not whether the answer is right.',
        ask: 'Where would you not want a machine to answer from a list that lacks the word?',
        set: { photo: 'astronaut' },
      },
    ],
  },
  enough: {
    title: 'Fifty is not enough',
    about: 'The map of fifty copies looks finished. Its single pixels are not.',
    steps: [
      {
        at: 'copies',
        say: 'One noisy copy, one gradient. Press Play and count along.',
        ask: 'After how many copies would you stop?',
        set: { ...fresh, photo: 'coffee' },
      },
      {
        at: 'copies',
        say: 'Fifty copies: as many as the paper took. It looks smooth.',
        ask: 'Is it finished? How could we find out without knowing the right map?',
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
      {
        at: 'settle',
        say: 'Follow one pixel. Each dot is a copy, the line their mean, the band what is still open.',
        ask: 'Does the band hold zero at the end? Try three pixels. For how many can you tell the sign?',
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
      {
        at: 'many',
        say: 'Deal the copies onto two piles. If the map were settled, the piles would agree.',
        ask: 'How far do the halves of 64 agree? Guess for 1,024, then press the button.',
        set: { ...fresh, photo: 'coffee', copy: 50 },
      },
    ],
  },
  illusion: {
    title: 'A beautiful illusion',
    about: 'One method draws the cleanest picture of all, and draws it of a network that knows nothing.',
    steps: [
      {
        at: 'gate-units',
        say: 'On the way back every unit is a gate. Guided BackProp shuts out all bad news.',
        ask: 'Which of the four messages come through, by each rule?',
        set: { ...fresh, photo: 'camera', layers: 0 },
      },
      {
        at: 'illusion',
        say: 'Two methods, asked about two answers. Left and middle should differ.',
        ask: 'Which row answers the question that was asked?',
        set: { ...fresh, photo: 'camera', layers: 0 },
      },
      {
        at: 'illusion',
        say: 'Now the last twenty layers of the network are random. It knows nothing.',
        ask: 'Which row has noticed?',
        set: { ...fresh, photo: 'camera', layers: 20 },
      },
      {
        at: 'illusion',
        say: 'Only when the first layers are random as well does the picture fall apart: it was the photo’s edges all along.',
        ask: 'Somebody shows you a crisp map of a medical scan. What do you ask for?',
        set: { ...fresh, photo: 'camera', layers: 50 },
      },
    ],
  },
};
