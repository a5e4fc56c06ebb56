// Figures of a map, and of how well two maps agree. Maps are [H, W] of finite values.
#pragma once

#include <span>

#include "core/base/tensor.h"

namespace smoothgrad {

// Sum of |differences| between neighbours (right and below) over the sum of |values|: visual noise, whatever the map's scale.
// 0 for a map of zeros.
double total_variation(ConstTensor map);

// Share of the energy, the mean left out, at frequencies above half the Nyquist frequency: |f| > 1/4 cycle a pixel, in any
// direction. White noise has 1 - pi/16 = 0.80 there. 0 for a constant map.
double high_frequency_share(ConstTensor map);

// The median of |mean| / SE over the elements; an element whose mean is 0 counts as 0.
double signal_to_noise(std::span<const float> mean, std::span<const float> standard_error);

// Pearson's, -1 to 1; 0 where one of the two is constant.
double correlation(std::span<const float> a, std::span<const float> b);

// Spearman's: Pearson's of the ranks, equal values sharing the mean of theirs.
double rank_correlation(std::span<const float> a, std::span<const float> b);

// Of the mean of two measurements of one thing that err independently: 2 r / (1 + r) of their correlation r (Spearman 1910,
// Brown 1910), the square of the mean's correlation with the thing; 0 where they do not agree at all.
double reliability(std::span<const float> one_half, std::span<const float> other_half);

// Structural similarity (Wang et al. 2004): the mean over all pixels, Gaussian window of sigma 1.5, 11 pixels wide, cut at the
// border; K1 = 0.01, K2 = 0.03. range: difference between the largest and the smallest value possible, > 0.
double structural_similarity(ConstTensor a, ConstTensor b, double range);

// Of a map of S_left - S_right over an image with the first class's object in its left half, the second's in its right half:
// the share of sum |value| that has the right sign for its side (positive left, negative right; a middle column counts for
// neither). 1/2 where there is none.
double sided_share(ConstTensor difference);

}  // namespace smoothgrad
