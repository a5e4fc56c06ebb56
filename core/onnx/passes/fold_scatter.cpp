// Constants with some of their elements replaced or summed up: ScatterND, ScatterElements, Trilu, CumSum, EyeLike.
#include <algorithm>
#include <string_view>

#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/gathered.h"

namespace smoothgrad {
namespace {

float plus(float a, float b) { return a + b; }
float times(float a, float b) { return a * b; }
// By way of unsigned numbers, which wrap.
int64_t plus(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b)); }
int64_t times(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)); }

// False where there is no such way.
template <typename T>
bool join(const std::string& how, T& element, T update) {
  if (how == "none") element = update;
  if (how == "add") element = plus(element, update);
  if (how == "mul") element = times(element, update);
  if (how == "min") element = std::min(element, update);
  if (how == "max") element = std::max(element, update);
  return how == "none" || how == "add" || how == "mul" || how == "min" || how == "max";
}

// The updates go where the operator's namesake would gather.
Folded scatter(const NodeReader& node) {
  const Constant *from = node.constant(0), *updates = node.constant(2);
  const auto places = from && updates ? gathered(node, from->dims) : std::nullopt;
  if (!places || updates->integer != from->integer || updates->dims != places->dims) return std::nullopt;
  const std::string how = node.text("reduction", "none");
  Constant made = *from;
  for (size_t i = 0; i < places->positions.size(); ++i) {
    const size_t at = places->positions[i];
    if (made.integer ? !join(how, made.ints[at], updates->ints[i]) : !join(how, made.floats[at], updates->floats[i]))
      return std::nullopt;
  }
  return made;
}

// Zeros below (upper) or above the k-th diagonal.
Folded trilu(const NodeReader& node) {
  const Constant *from = node.constant(0), *diagonal = node.constant(1);
  if (!from || from->dims.size() < 2) return std::nullopt;
  if (node.has(1) && (!diagonal || !diagonal->integer || diagonal->size() != 1)) return std::nullopt;
  const int64_t k = diagonal ? std::clamp<int64_t>(diagonal->ints[0], -(1 << 28), 1 << 28) : 0;
  const bool upper = node.integer("upper", 1) != 0;
  const int64_t cols = from->dims.back(), rows = *(from->dims.end() - 2);
  Constant made = *from;
  for (size_t i = 0; i < made.size(); ++i) {
    const int64_t at = static_cast<int64_t>(i), beyond = at % cols - at / cols % rows - k;
    if (upper ? beyond >= 0 : beyond <= 0) continue;
    if (made.integer)
      made.ints[i] = 0;
    else
      made.floats[i] = 0;
  }
  return made;
}

template <typename T>
void sum_up(std::vector<T>& values, size_t first, size_t length, size_t step, bool exclusive, bool reverse) {
  T sum{};
  for (size_t k = 0; k < length; ++k) {
    T& value = values[first + (reverse ? length - 1 - k : k) * step];
    const T own = value;
    value = exclusive ? sum : plus(sum, own);
    sum = plus(sum, own);
  }
}

Folded cum_sum(const NodeReader& node) {
  const Constant *from = node.constant(0), *along = node.constant(1);
  if (!from || !along || !along->integer || along->size() != 1) return std::nullopt;
  const auto axis = find_axis(along->ints[0], from->dims.size());
  if (!axis) return std::nullopt;
  const bool exclusive = node.integer("exclusive", 0) != 0, reverse = node.integer("reverse", 0) != 0;
  const size_t length = static_cast<size_t>(from->dims[*axis]), step = static_cast<size_t>(whole(from->dims).strides[*axis]);
  Constant made = *from;
  for (size_t i = 0; i < made.size(); ++i) {
    if (i / step % length != 0) continue;
    if (made.integer)
      sum_up(made.ints, i, length, step, exclusive, reverse);
    else
      sum_up(made.floats, i, length, step, exclusive, reverse);
  }
  return made;
}

// Ones on the k-th diagonal of what has the dimensions of the input, and its type where no other is named.
Folded eye_like(const NodeReader& node) {
  const Constant* like = node.constant(0);
  const Dims* dims = node.dims(0);
  const int64_t same = !like || like->type == kUnknownType ? (like && like->integer ? kInt64 : kFloat) : like->type;
  const int64_t type = node.integer("dtype", same), k = node.integer("k", 0);
  if (!dims || dims->size() != 2 || !element_count(*dims) || type < kFloat || type > kBfloat16 || type == kString)
    return std::nullopt;
  Constant made = integer_tensor(*dims, std::vector<int64_t>(*element_count(*dims), 0));
  for (int64_t row = 0; row < (*dims)[0]; ++row) {
    const int64_t col = row + std::clamp<int64_t>(k, -(1 << 28), 1 << 28);
    if (col >= 0 && col < (*dims)[1]) made.ints[static_cast<size_t>(row * (*dims)[1] + col)] = 1;
  }
  return cast(made, static_cast<int>(type));
}

struct Row {
  std::string_view op;
  Folded (*fold)(const NodeReader&);
};

constexpr Row kRows[] = {
    {"ScatterND", scatter}, {"ScatterElements", scatter}, {"Trilu", trilu}, {"CumSum", cum_sum}, {"EyeLike", eye_like}};

}  // namespace

Folded fold_scatter(const NodeReader& node) {
  const auto* row = std::ranges::find(kRows, std::string_view(node.node().op), &Row::op);
  return row == std::end(kRows) ? std::nullopt : row->fold(node);
}

}  // namespace smoothgrad
