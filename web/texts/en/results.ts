// Results: what the page says around the claims, which are made of the study's figures (web/results/).

export const page = {
  'results.description':
    "The SmoothGrad paper's claims, one a screen: whether it held, a figure of our own, and the same on your photo.",
  'results.page': 'Results – SmoothGrad',
  'results.skip': 'Skip to the claims',
  'results.title': 'Do the paper’s claims hold?',
  'results.lead':
    'Each claim of the SmoothGrad paper, and of ours, is put to the test by a rule that stands beside it. <code>npm run results</code> measures the figures anew; no verdict is typed by hand.',
  'results.caveats': 'What none of this shows',
  'results.caveat.smooth':
    '<strong>SmoothGrad does not smooth the function.</strong> It averages gradients at noisy inputs, which adds what the function’s higher derivatives say; it is not the gradient of a smoother network that anybody uses (<a href="https://arxiv.org/abs/1802.03862" rel="noreferrer">Seo et al. 2018</a>).',
  'results.caveat.redraw':
    '<strong>Guided BackProp partly reconstructs the photo,</strong> whatever the class (<a href="https://arxiv.org/abs/1805.07039" rel="noreferrer">Nie et al. 2018</a>), so its clean lines are no sign that it explains the answer.',
  'results.caveat.right':
    '<strong>A map can look right without depending on the network.</strong> An edge detector’s does, hence its row among ours; and some methods hardly change when the network’s weights are randomised (<a href="https://arxiv.org/abs/1810.03292" rel="noreferrer">Adebayo et al. 2018</a>).',
  'results.caveat.blur':
    '<strong>Erasing and putting back reward blur,</strong> and their inputs, half photo and half filling, are none that the network has learnt from. Two fillings are shown because the ranking of methods may depend on it.',
  'results.caveat.few':
    '<strong>A handful of photos and one network,</strong> and for the last question small networks of digits, each trained once. “Held” means: on these. Only where an interval is given does it say how far chance alone would reach.',
  'results.footer': 'Measured by the same engine that runs in your browser, here in Node.',
} as const;
