// Attention, softmax(scale q k^T + mask) v a head, as products, a softmax and what stands between: softcap, c tanh(s / c) of
// the scores s, and the masks, which are added behind it. Formulas: ONNX's operator specification (of version 1.23, which puts
// the softcap before the mask).
// Compiled for size.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/elementwise.h"
#include "core/layers/matrix_product.h"
#include "core/layers/scale_shift.h"
#include "core/layers/softmax.h"
#include "core/layers/sum.h"

namespace smoothgrad {
namespace {

constexpr float kHidden = -std::numeric_limits<float>::infinity();

// Input i as [batch, heads, tokens, channels]; of three dimensions, the heads lie side by side.
Value in_heads(NodeBuilder& node, int i, const char* attribute) {
  Value given = node.value(i);
  const int64_t heads = node.attribute_int(attribute, 0);
  if (given.rank() == 4) {
    if (heads != 0 && heads != given.dims()[1]) {
      node.bad({attribute, " is ", heads, ", but input ", i, " is of ", show(given.dims())});
    }
    return given;
  }
  if (given.rank() != 3) {
    node.bad(
        {"input ", i, " of ", show(given.dims()), "; [batch, heads, tokens, channels] or [batch, tokens, channels] is needed"});
  }
  const int64_t width = given.dims()[2];
  if (heads < 1 || width % heads != 0) {
    node.bad({attribute, " must share out the ", width, " channels of input ", i, ", and is ", heads});
  }
  const Value value = reshape(node, given, {given.dims()[0], given.dims()[1], heads, width / heads});
  return {value.id, swapped(value.view, 1, 2)};
}

// The heads, of which `pairs` have keys and values of their own, as [pairs, heads of each].
Value grouped(NodeBuilder& node, const Value& value, int64_t pairs) {
  const Dims& dims = value.dims();
  return reshape(node, value, {dims[0], pairs, dims[1] / pairs, dims[2], dims[3]});
}

Constant number(float value) {
  Constant constant;
  constant.floats = {value};
  return constant;
}

// What is added to the scores, of these dimensions, by a constant mask and by causality; from every query some key is to be
// seen.
Constant constant_mask(const NodeBuilder& node, const Dims& scores, const Constant* given, bool causal) {
  Dims dims(scores.end() - 2, scores.end());
  if (given) dims = *spread_dims(dims, given->dims);
  const size_t keys = static_cast<size_t>(dims.back()), queries = static_cast<size_t>(*(dims.end() - 2));
  Constant mask;
  mask.floats.resize(element_count(dims).value_or(0));
  mask.dims = dims;
  Cursor cursor(given ? *spread(given->dims, dims) : StridedView{dims, Dims(dims.size(), 0)});
  for (size_t i = 0; i < mask.floats.size(); ++i) {
    const size_t at = cursor.next();
    const bool later = causal && i % keys > i / keys % queries;
    const float added = !given ? 0 : !given->integer ? given->floats[at] : given->ints[at] != 0 ? 0 : kHidden;
    mask.floats[i] = later ? kHidden : added;
  }
  for (size_t row = 0; row < mask.floats.size(); row += keys) {
    const auto first = mask.floats.begin() + static_cast<std::ptrdiff_t>(row);
    if (std::all_of(first, first + static_cast<std::ptrdiff_t>(keys), [](float one) { return one == kHidden; })) {
      node.unsupported({"a mask that hides all keys from query ", row / keys % queries});
    }
  }
  return mask;
}

// factor * scores, masked.
Value masked(NodeBuilder& node, Value scores, float factor) {
  const bool causal = node.attribute_int("is_causal", 0) != 0;
  const Constant* constant = node.is_constant(3) ? &node.constant(3) : nullptr;
  if (node.has_input(3)) {
    const Dims dims = constant ? constant->dims : node.value(3).dims();
    if (spread_dims(scores.dims(), dims) != scores.dims()) {
      node.bad({"a mask of ", show(dims), " does not fit the scores, of ", show(scores.dims())});
    }
    // From opset 24 on a mask may end before the keys do, and hides the others.
    if (node.opset() >= 24 && (dims.empty() ? 1 : dims.back()) != scores.dims().back()) {
      node.unsupported({"a mask of ", show(dims), ", shorter than the ", scores.dims().back(), " keys"});
    }
    if (constant && constant->integer && constant->type != kBool) node.bad({"its mask must be of booleans or floats"});
  }
  if (constant || causal) {
    const Constant mask = constant_mask(node, scores.dims(), constant, causal);
    scores = scale_shifted(node, scores, number(factor), mask);
  } else if (factor != 1) {
    scores = scale_shifted(node, scores, number(factor), number(0));
  }
  return node.has_input(3) && !constant ? sum_of(node, {scores, node.value(3)}, {1, 1}) : scores;
}

void refuse(const NodeBuilder& node) {
  constexpr const char* kInputs[] = {"past_key", "past_value", "nonpad_kv_seqlen"};
  for (int i = 0; i < 3; ++i) {
    if (node.has_input(4 + i)) node.unsupported({"input ", 4 + i, " (", kInputs[i], ")"});
  }
  if (const int64_t precision = node.attribute_int("softmax_precision", kFloat); precision != kFloat) {
    node.unsupported({"softmax_precision ", precision, "; only float (1) is"});
  }
}

}  // namespace

void build_attention(NodeBuilder& node) {
  refuse(node);
  const Value q = in_heads(node, 0, "q_num_heads"), k = in_heads(node, 1, "kv_num_heads"),
              v = in_heads(node, 2, "kv_num_heads");
  const bool together = node.value(0).rank() == 4;
  for (int i = 1; i < 3; ++i) {
    if ((node.value(i).rank() == 4) != together) node.bad({"queries, keys and values of different numbers of dimensions"});
  }
  const int64_t heads = q.dims()[1], pairs = k.dims()[1];
  if (v.dims()[1] != pairs || k.dims()[2] != v.dims()[2] || heads % pairs != 0 || k.dims()[3] != q.dims()[3] ||
      q.dims()[0] != k.dims()[0] || q.dims()[0] != v.dims()[0]) {
    node.bad({"queries of ", show(q.dims()), ", keys of ", show(k.dims()), " and values of ", show(v.dims()),
              " do not fit each other"});
  }
  const float softcap = node.attribute_float("softcap", 0);
  if (!(softcap >= 0 && std::isfinite(softcap))) node.bad({"softcap must be 0 or more"});
  float scale = node.attribute_float("scale", 1 / std::sqrt(static_cast<float>(q.dims()[3])));
  if (softcap > 0) scale /= softcap;
  const Value product = product_of(node, grouped(node, q, pairs), with_last_swapped(grouped(node, k, pairs)), scale);
  Value scores = reshape(node, product, {q.dims()[0], heads, q.dims()[2], k.dims()[2]});
  if (softcap > 0) scores = applied(node, "Tanh", scores);
  scores = softmax_of(node, masked(node, scores, softcap > 0 ? softcap : 1), {3});
  const Value y = product_of(node, grouped(node, scores, pairs), grouped(node, v, pairs));
  Value result = reshape(node, y, {q.dims()[0], heads, q.dims()[2], v.dims()[3]});
  if (!together) {
    result.view = swapped(result.view, 1, 2);
    result = reshape(node, result, {q.dims()[0], q.dims()[2], heads * v.dims()[3]});
  }
  node.alias(result);
}

}  // namespace smoothgrad
