// What terms mean, behind the “?” beside each control; units and signs of maps, for their keys.

export const words = {
  'term.model': 'Model',
  'term.model.text':
    'The network that is asked. Each has learnt its own way to tell things apart, so the same photo has another map in another network.',
  'term.detail': 'Detail',
  'term.detail.text':
    'How many pixels of the photo the network is shown. More make a finer map, but the network was not trained on them, and is less sure of its answer.',
  'term.class': 'Class',
  'term.class.text':
    'One of the things that the network can tell apart. A map is always of one class: it shows what would change the score of that one, whether or not it is the network’s answer.',
  'term.versus': 'Rather than another class',
  'term.versus.text':
    'Asks for the difference of two classes: which pixels speak for the one against the other. What speaks for both then cancels.',
  'term.difference': 'Difference',
  'term.difference.text':
    'How two classes are told apart. “Gradient” takes the slope of one score minus the other and keeps its sign; “scaled” brings both maps to between 0 and 1 first, as in the paper’s figure 6, and subtracts.',
  'term.method': 'Method',
  'term.method.text':
    'How a map is made. The gradient asks what a small change of each pixel would do to the score; SmoothGrad averages that over noisy copies of the photo. Grad-CAM and occlusion find a map in other ways, to compare with.',
  'term.noise': 'Noise',
  'term.noise.text':
    'How strongly each copy of the photo is disturbed: its standard deviation, as a share of the range of the photo’s values. None gives the plain gradient; with too much the network no longer sees the photo.',
  'term.samples': 'Samples',
  'term.samples.text': 'How many noisy copies are averaged. Half the error takes four times as many.',
  'term.convention': 'Convention',
  'term.convention.text':
    'Other tools mean other things by SmoothGrad: other numbers of samples, other noise, another average. Choosing one sets all of these as that tool has them.',
  'term.layer': 'Layer',
  'term.layer.text':
    'Where in the network Grad-CAM looks. Late layers know what things are but only roughly where; early ones the other way round.',
  'term.size': 'Square',
  'term.size.text':
    'The side of the square that occlusion puts over the photo, place by place, to see how far the score falls. A large one finds large parts, a small one takes longer.',
  'term.baseline': 'Baseline',
  'term.baseline.text':
    'What stands for “nothing there”: where the line of Integrated Gradients begins, or what occlusion puts in a pixel’s place. Another baseline gives another map.',
  'term.steps': 'Steps along the line',
  'term.steps.text':
    'Integrated Gradients walks from the baseline to the photo and asks for the gradient at so many places. With more of them the credits of all pixels add up to the score’s rise more exactly.',
  'term.antithetic': 'Noise in pairs, +ε and −ε',
  'term.antithetic.text':
    'Each noise is used twice, once turned around. What it does to the two in opposite directions cancels, which saves about a ninth of the samples.',
  'term.cleanLast': 'Last sample without noise',
  'term.cleanLast.text': 'One copy of the photo stays as it is and counts as a sample. Some tools do so.',
  'term.seed': 'Noise seed',
  'term.seed.text':
    'Which noise: the same seed gives the same noise on every machine and every day, another seed gives other noise of the same strength.',
  'term.randomised': 'Random weights',
  'term.randomised.text':
    'A check: so many layers, from the last one down, forget what they have learnt. A map that explains the network must then change; one that hardly does shows the photo, not the network.',
  'term.firstSample': 'Number of the first sample',
  'term.firstSample.text':
    'Samples are numbered, and a number is the same noise everywhere. Begin where another run ends, and both can be merged into one.',
  'term.key': 'Colour key',
  'term.key.text':
    'Which values the colours stand for. The score is the number that the network gives a class before it is turned into a probability (its logit); the input is the photo’s values as the network takes them, usually from about −2 to 2.',
  'term.view': 'View',
  'term.view.text':
    'Split: the plain gradient left of the line, the map right of it. Map: the map alone. Overlay: the map over the dimmed photo. Mask: only the fifth of the photo where the map is strongest. Photo × map: the photo, as bright as the map is strong.',
  'term.converged': 'Converged?',
  'term.converged.text':
    'Whether more samples would still change the map. The sentence below the map says what of it can be trusted; the chart shows how the error falls with the number of samples.',
  'term.magnitude': 'Magnitude',
  'term.magnitude.text':
    'How the size of a pixel’s value is found. Plain takes it as it is, noise and all; corrected and denoised take away what is noise; significance and known sign leave only pixels that stand out from it.',
  'term.window': 'Window',
  'term.window.text':
    'Neighbouring pixels are pooled over so many pixels, which makes a map calmer and coarser. Off leaves every pixel to itself.',
  'term.reduction': 'Reduction',
  'term.reduction.text':
    'What is made of the samples: their mean, in which what flips its sign cancels, or the mean of their squares or sizes, or how far they differ.',
  'term.channels': 'Channels',
  'term.channels.text':
    'How red, green and blue of a pixel become one value: their sizes added up, the largest one, or their sum with its sign, which is drawn in two colours.',
  'term.colours': 'Colours',
  'term.colours.text':
    'How values are coloured. They change nothing of what was computed; two colours that meet in white are for maps whose values have a sign.',
  'term.percentile': 'Cap at percentile',
  'term.percentile.text':
    'So many percent of the values lie below the strongest colour; the few above it share that colour. Without a cap one odd pixel would leave the rest of the map dark.',
  'term.fromLowest': 'Darkest at the lowest value',
  'term.fromLowest.text':
    'The darkest colour stands for the lowest value of the map in place of zero, as some tools draw it. It shows more contrast, and hides how far above zero everything is.',
  'term.until': 'When to stop',
  'term.until.text':
    'When no more samples are made: when single pixels can be trusted, at an error of your choice, or only at the number of samples.',
  'term.relativeError': 'Relative error',
  'term.relativeError.text':
    'How large the random error of all pixels is beside the map itself. While the map is mostly noise it stays near 1.',
  'term.correctedError': 'Noise-corrected error',
  'term.correctedError.text':
    'The same beside the true map, as far as that can be told from the noise. It halves with four times the samples, from the start.',
  'term.denoisedError': 'Denoised map, by its own account',
  'term.denoisedError.text':
    'How far off the denoised map expects to be from the map of endless samples: 0 would be exact, 1 knows nothing.',
  'term.agreement': 'Even and odd samples agree, by rank',
  'term.agreement.text':
    'The samples are dealt onto two piles and both maps compared: 1 is the same order of pixels, from dark to bright, 0 no relation.',
  'term.keepsClass': 'Noisy samples that keep the class',
  'term.keepsClass.text':
    'Of how many noisy copies the network still says what it says of the photo. If they are few, the noise is too strong.',
  'term.outOfRange': 'Values that no photo has',
  'term.outOfRange.text':
    'How much of the noisy copies is darker than black or brighter than white, which the network has never seen.',
  'term.mask': 'A mask of your own',
  'term.mask.text':
    'Paint over what you think the answer depends on. As many pixels as you painted are then blurred where the map is brightest, where it is darkest and elsewhere, so that the falls can be compared.',
  'term.columns': 'Columns',
  'term.columns.text': 'What changes from one column of the grid to the next; everything else stays the same.',
  'term.rows': 'Rows',
  'term.rows.text': 'What changes from one row of the grid to the next; everything else stays the same.',
  'term.trainingNoise': 'Noise in training',
  'term.trainingNoise.text':
    'How strongly the digits are disturbed that your network learns from. The question of this page is whether that alone makes its maps clearer.',
  'term.labSeed': 'Seed of noise and training',
  'term.labSeed.text':
    'Which random numbers: the same seed gives the same noise and the same training. Another one shows how much of a difference is chance.',
  'term.explained': 'Explain',
  'term.explained.text':
    'Whose score is explained: in every map the digit that its network says, or the same digit in all of them.',
  'term.outlined': 'Outline of the digit',
  'term.outlined.text': 'Draws the edge of the digit over each map, so that one sees what lies on the stroke.',
  'term.visualNoise': 'Visual noise',
  'term.visualNoise.text':
    'How much a map changes from pixel to pixel, beside its values: a map of pure noise has about 1, a smooth one little.',
  'term.more.answer': 'How it works: What would change its mind?',
  'term.more.copies': 'How it works: Ask fifty trembling copies',
  'term.more.settle': 'How it works: When is it enough?',
  'term.more.path': 'How it works: From nothing to the photo',
  'term.more.gate': 'How it works: A beautiful illusion',
  'term.more.training': 'How it works: Noise at school',
  'term.more.pair': 'Two objects: try it on two photos',
  'term.more.results': 'Results: measured',
  'term.what': 'What is “{name}”?',
  'unit.slope': 'change of the score per unit of the input',
  'unit.slope.two': 'change of the difference of the scores per unit of the input',
  'unit.guided': 'change of the score per unit of the input, as the rule passes it back',
  'unit.guided.two': 'change of the difference of the scores per unit of the input, as the rule passes it back',
  'unit.share': 'contribution to the score',
  'unit.share.two': 'contribution to the difference of the scores',
  'unit.errors': 'how many standard errors from zero',
  'unit.scaled': 'difference of the two maps, each from 0 to 1',
  'unit.features': 'contribution of the layer’s features to the score',
  'unit.features.two': 'contribution of the layer’s features to the difference of the scores',
  'unit.fall': 'fall of the score where a square is covered',
  'unit.fall.two': 'fall of the difference of the scores where a square is covered',
  'unit.squared': '{unit}, squared',
  'sign.for': 'for “{name}”',
  'sign.slope.below': 'brighter would lower it',
  'sign.slope.above': 'brighter would raise it',
  'sign.share.below': 'takes away from it',
  'sign.share.above': 'adds to it',
  'sign.fall.below': 'it rises',
  'sign.fall.above': 'it falls',
  'sign.below': 'negative',
  'sign.above': 'positive',
  'key.values': 'Values',
  'key.same': 'the same below zero',
  'key.second': 'the second number below a map',
  'key.low': 'the first value below a map',
  'key.high': 'the second one',
} as const;
