// Two objects: the page's text.

export const page = {
  'pair.description':
    "Two photos in one picture, two classes: does the map tell the objects apart? The SmoothGrad paper's figure 6, for your own photos, live on your machine.",
  'pair.page': 'Two objects – SmoothGrad',
  'pair.title': 'What says <em class="left" id="left-subject">…</em>, what says <em class="right" id="right-subject">…</em>?',
  'pair.lead':
    "Figure 6 of the paper, for your photos: two objects in one picture, and the difference of the network's two answers. Does the map tell the objects apart?",
  'pair.photos': 'The two photos side by side',
  'pair.meaning':
    'Of all that is coloured in a map, the share that is red on the left or blue on the right, where it belongs. One half is chance.',
  'pair.stop': 'Stop',
  'pair.swap': 'Swap',
  'pair.both': 'Both maps',
  'pair.difference': 'Difference',
  'pair.noise': 'Noise',
  'pair.samples': 'Samples',
  'pair.more': 'Contrast, seed',
  'pair.percentile': 'Cap at percentile',
  'pair.drop':
    'Drop a photo onto either half, or two at once, or paste them. <strong>Your photos never leave this machine.</strong>',
  'pair.reading': 'Reading the maps',
  'pair.one.title': 'One picture, two answers',
  'pair.one':
    "The middle half of each photo goes into one input, and the network scores every class for the whole of it. A map of one class may be bright on both objects; the difference of two classes shows which pixels speak for one <em>against</em> the other. Each half's class is, to begin with, what the network says of that photo alone.",
  'pair.two.title': 'Two ways to subtract',
  'pair.two':
    "The gradient of <math><msub><mi>S</mi><mi>left</mi></msub><mo>−</mo><msub><mi>S</mi><mi>right</mi></msub></math> keeps the signs of the gradients: red means that more of the pixel's value raises the left class against the right one. The paper instead scales each class's map to between 0 and 1 and subtracts: red means that the left class is more sensitive there, whatever the sign.",
  'pair.share.title': 'What the share says',
  'pair.share':
    "If a map told the objects apart perfectly, all red would be on the left object and all blue on the right: a share of 100 %. A map that knows nothing of the classes has one half. The background counts too. The gradient of the difference has both signs on each object, so its share stays near one half; of the two scaled maps' difference it says how well they tell the objects apart.",
  'pair.half.left': 'Left half',
  'pair.half.right': 'Right half',
  'pair.sided': 'on the object it speaks for',
  'pair.samples.left': 'Sample photos for the left half',
  'pair.samples.right': 'Sample photos for the right half',
  'pair.alt.gradient': 'Gradient',
  'pair.alt.smoothgrad': 'SmoothGrad',
} as const;

export const words = {
  'pair.kept': '{reason} The last maps are kept.',
  'pair.starting': 'Starting',
  'pair.count': '{done} of {goal} samples',
  'pair.count.stopped': '{done} of {goal} samples, stopped',
  'pair.run.stop': 'Stop',
  'pair.run.on': 'Go on',
  'pair.run.done': 'Done',
  'pair.same': 'both halves are asked for “{name}”: choose two different classes',
  'pair.key.stop': 'Stop or go on',
  'pair.key.swap': 'Swap the halves',
  'pair.key.left': 'Choose the left photo',
  'pair.key.right': 'Choose the right photo',
  'pair.key.save': 'Save as a picture',
  'pair.tag': '{method}, {done} of {goal} samples',
  'pair.map': '{method}: {share} on the object it speaks for',
  'pair.best': '{name}: most probable, {probability}',
  'pair.photo': 'On the left: {left}. On the right: {right}.',
  'pair.sees': 'What the network sees: {width} × {height} pixels',
  'pair.saved.photos': 'Two photos',
  'pair.saved.samples': { '=1': '{method}, 1 sample', other: '{method}, {count} samples' },
  'pair.saved.share': '{method} {share}',
  'pair.saved.name': '{red} and {blue}',
  'pair.saved':
    'Left: {red} (red, probability {redChance}); right: {blue} (blue, {blueChance}). {difference}; {samples}; noise {noise}, seed {seed}; drawn up to percentile {percentile}. On the object it speaks for: {shares} of all that is coloured; one half is chance. Network: {network}.',
} as const;
