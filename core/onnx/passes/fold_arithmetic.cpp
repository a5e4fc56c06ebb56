// Arithmetic of constants: floats in float32, integers in int64 with ONNX's (C's) division, operands spread as numpy does.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/sine.h"
#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

struct Unary {
  std::string_view op;
  float (*floats)(float);
  int64_t (*ints)(int64_t);
};

int64_t negative(int64_t a) { return static_cast<int64_t>(0 - static_cast<uint64_t>(a)); }

constexpr Unary kUnary[] = {
    {"Neg", [](float a) { return -a; }, negative},
    {"Abs", [](float a) { return std::abs(a); }, [](int64_t a) { return a < 0 ? negative(a) : a; }},
    {"Not", nullptr, [](int64_t a) { return int64_t{a == 0}; }},
    {"Sign", [](float a) { return static_cast<float>((a > 0) - (a < 0)); },
     [](int64_t a) { return int64_t{(a > 0) - (a < 0)}; }},
    {"Sqrt", [](float a) { return std::sqrt(a); }, nullptr},
    {"Exp", [](float a) { return std::exp(a); }, nullptr},
    {"Log", [](float a) { return std::log(a); }, nullptr},
    {"Sin", [](float a) { return static_cast<float>(sine(a)); }, nullptr},
    {"Cos", [](float a) { return static_cast<float>(sine(a, 1)); }, nullptr},
    {"Erf", [](float a) { return std::erf(a); }, nullptr},
    {"Relu", [](float a) { return a > 0 || std::isnan(a) ? a : 0; }, [](int64_t a) { return std::max<int64_t>(a, 0); }},
    {"Sigmoid", [](float a) { return 1 / (1 + std::exp(-a)); }, nullptr},
    {"Tanh", [](float a) { return std::tanh(a); }, nullptr},
    {"Floor", [](float a) { return std::floor(a); }, nullptr},
    {"Ceil", [](float a) { return std::ceil(a); }, nullptr},
    {"Round", [](float a) { return std::nearbyint(a); }, nullptr},
    {"Reciprocal", [](float a) { return 1 / a; }, nullptr},
};

struct Binary {
  std::string_view op;
  float (*floats)(float, float);
  int64_t (*ints)(int64_t, int64_t);
  bool divides = false;  // integers by zero: not folded
};

// By way of unsigned numbers, which wrap.
int64_t sum(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b)); }
int64_t product(int64_t a, int64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b)); }
int64_t quotient(int64_t a, int64_t b) { return b == -1 ? negative(a) : a / b; }
// Of the divisor's sign, as in Python.
int64_t modulus(int64_t a, int64_t b) {
  if (b == -1) return 0;
  const int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
// By squaring; a negative exponent leaves nothing of an integer but 1 and -1.
int64_t power(int64_t a, int64_t b) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 ? -1 : 1) : 0;
  int64_t result = 1;
  for (; b > 0; b /= 2, a = product(a, a)) {
    if (b % 2 != 0) result = product(result, a);
  }
  return result;
}

constexpr Binary kBinary[] = {
    {"Add", [](float a, float b) { return a + b; }, sum},
    {"Sum", [](float a, float b) { return a + b; }, sum},
    {"Mean", [](float a, float b) { return a + b; }, nullptr},
    {"Sub", [](float a, float b) { return a - b; }, [](int64_t a, int64_t b) { return sum(a, negative(b)); }},
    {"Mul", [](float a, float b) { return a * b; }, product},
    {"Div", [](float a, float b) { return a / b; }, quotient, true},
    {"Mod", nullptr, modulus, true},
    {"Pow", [](float a, float b) { return std::pow(a, b); }, power},
    {"Min", [](float a, float b) { return std::min(a, b); }, [](int64_t a, int64_t b) { return std::min(a, b); }},
    {"Max", [](float a, float b) { return std::max(a, b); }, [](int64_t a, int64_t b) { return std::max(a, b); }},
    {"And", nullptr, [](int64_t a, int64_t b) { return int64_t{a != 0 && b != 0}; }},
    {"Or", nullptr, [](int64_t a, int64_t b) { return int64_t{a != 0 || b != 0}; }},
    {"Xor", nullptr, [](int64_t a, int64_t b) { return int64_t{(a != 0) != (b != 0)}; }},
};

// What a comparison says of a < b, a == b, a > b.
struct Comparison {
  std::string_view op;
  bool less, equal, greater;
};

constexpr Comparison kComparisons[] = {{"Less", true, false, false},
                                       {"Equal", false, true, false},
                                       {"Greater", false, false, true},
                                       {"LessOrEqual", true, true, false},
                                       {"GreaterOrEqual", false, true, true}};

template <typename Row, size_t n>
const Row* find(const Row (&table)[n], const NodeReader& node) {
  const auto* found = std::ranges::find(table, std::string_view(node.node().op), &Row::op);
  return found == std::end(table) ? nullptr : found;
}

Folded apply(const Unary& row, const Constant& a) {
  if (a.integer ? !row.ints : !row.floats) return std::nullopt;
  Constant made = a;
  for (int64_t& value : made.ints) value = row.ints(value);
  for (float& value : made.floats) value = row.floats(value);
  return made;
}

Folded clip(const NodeReader& node, const Constant& a) {
  Constant made = a;
  for (const size_t bound : {size_t{1}, size_t{2}}) {
    const char* const name = bound == 1 ? "min" : "max";
    const Constant* given = node.constant(bound);
    if (node.has(bound) && (!given || given->size() != 1 || given->integer != a.integer)) return std::nullopt;
    if (!given && (a.integer || !node.has_attribute(name))) continue;
    const float limit = given && !a.integer ? given->floats[0] : node.real(name, 0);
    for (float& value : made.floats) value = bound == 1 ? std::max(value, limit) : std::min(value, limit);
    for (int64_t& value : made.ints) value = bound == 1 ? std::max(value, given->ints[0]) : std::min(value, given->ints[0]);
  }
  return made;
}

// Whether a number is none, or infinite with a sign that is asked for.
Folded classify(const NodeReader& node, const Constant& a) {
  if (a.integer) return std::nullopt;
  const bool nan = node.node().op == "IsNaN";
  const bool positive = node.integer("detect_positive", 1) != 0, negative = node.integer("detect_negative", 1) != 0;
  std::vector<int64_t> results;
  for (float value : a.floats) {
    results.push_back(nan ? std::isnan(value) : std::isinf(value) && (value > 0 ? positive : negative));
  }
  return integer_tensor(a.dims, std::move(results), kBool);
}

// Both operands at every element of what they spread to.
struct Pair {
  const Constant &a, &b;
  Dims dims;
  size_t count;
  Cursor at_a, at_b;
};

std::optional<Pair> pair_up(const Constant& a, const Constant& b) {
  const auto dims = spread_dims(a.dims, b.dims);
  if (a.integer != b.integer || !dims || !element_count(*dims)) return std::nullopt;
  return Pair{a, b, *dims, *element_count(*dims), Cursor(*spread(a.dims, *dims)), Cursor(*spread(b.dims, *dims))};
}

Folded apply(const Binary& row, const Constant& a, const Constant& b) {
  if (a.integer ? !row.ints : !row.floats) return std::nullopt;
  if (row.op == "Pow" && a.integer != b.integer) {
    Folded made = apply(row, cast(a, kFloat), cast(b, kFloat));
    return made && a.integer ? std::optional(cast(*made, kInt64)) : made;
  }
  auto pair = pair_up(a, b);
  if (!pair || (row.divides && b.integer && std::ranges::count(b.ints, 0) > 0)) return std::nullopt;
  Constant made = zeros_like(a, pair->dims, pair->count);
  for (size_t i = 0; i < pair->count; ++i) {
    const size_t at_a = pair->at_a.next(), at_b = pair->at_b.next();
    if (a.integer)
      made.ints[i] = row.ints(a.ints[at_a], b.ints[at_b]);
    else
      made.floats[i] = row.floats(a.floats[at_a], b.floats[at_b]);
  }
  return made;
}

template <typename T>
bool holds(const Comparison& row, T a, T b) {
  return (row.less && a < b) || (row.equal && a == b) || (row.greater && a > b);
}

Folded apply(const Comparison& row, const Constant& a, const Constant& b) {
  auto pair = pair_up(a, b);
  if (!pair) return std::nullopt;
  std::vector<int64_t> results(pair->count);
  for (size_t i = 0; i < results.size(); ++i) {
    const size_t at_a = pair->at_a.next(), at_b = pair->at_b.next();
    results[i] = a.integer ? holds(row, a.ints[at_a], b.ints[at_b]) : holds(row, a.floats[at_a], b.floats[at_b]);
  }
  return integer_tensor(pair->dims, std::move(results), kBool);
}

Folded where(const Constant& condition, const Constant& yes, const Constant& no) {
  const auto two = spread_dims(yes.dims, no.dims);
  const auto dims = two ? spread_dims(*two, condition.dims) : two;
  if (!dims || !element_count(*dims) || !condition.integer || yes.integer != no.integer) return std::nullopt;
  Cursor at(*spread(condition.dims, *dims)), at_yes(*spread(yes.dims, *dims)), at_no(*spread(no.dims, *dims));
  const size_t count = *element_count(*dims);
  Constant made = zeros_like(yes, *dims, count);
  for (size_t i = 0; i < count; ++i) {
    const bool chosen = condition.ints[at.next()] != 0;
    const Constant& from = chosen ? yes : no;
    const size_t of_yes = at_yes.next(), of_no = at_no.next(), j = chosen ? of_yes : of_no;
    if (made.integer)
      made.ints[i] = from.ints[j];
    else
      made.floats[i] = from.floats[j];
  }
  return made;
}

// fmod: of the dividend's sign, as in C; exact, so that double's, which GridSample has, is as good as float's.
Folded remainder(const Constant& a, const Constant& b) {
  constexpr Binary kRemainder = {"", [](float x, float y) { return static_cast<float>(std::fmod(double{x}, double{y})); },
                                 [](int64_t x, int64_t y) { return y == -1 ? 0 : x % y; }, true};
  return apply(kRemainder, a, b);
}

int64_t wrap(int64_t value, int to) {
  if (to == kBool) return value != 0;
  const auto [lowest, highest] = integer_range(to);
  if (value >= lowest && value <= highest) return value;
  const uint64_t size = static_cast<uint64_t>(highest) - static_cast<uint64_t>(lowest) + 1;
  return static_cast<int64_t>((static_cast<uint64_t>(value) - static_cast<uint64_t>(lowest)) % size) + lowest;
}

int64_t truncated(float value) {
  if (std::isnan(value)) return 0;
  return value >= 0x1p63f ? INT64_MAX : value <= -0x1p63f ? INT64_MIN : static_cast<int64_t>(value);
}

}  // namespace

Constant cast(const Constant& from, int to) {
  Constant made;
  made.dims = from.dims;
  made.type = to;
  made.integer = !is_floating(to);
  if (!made.integer) {
    made.floats = from.floats;
    if (from.integer) made.floats.assign(from.ints.begin(), from.ints.end());
    return made;
  }
  made.ints = from.ints;
  for (float value : from.floats) made.ints.push_back(to == kBool ? value != 0 : truncated(value));
  for (int64_t& value : made.ints) value = wrap(value, to);
  return made;
}

Folded fold_arithmetic(const NodeReader& node) {
  const Constant* a = node.constant(0);
  if (!a) return std::nullopt;
  if (const Unary* row = find(kUnary, node)) return apply(*row, *a);
  if (node.node().op == "Cast") {
    const int64_t to = node.integer("to", 0);
    return to >= kFloat && to <= kBfloat16 && to != kString ? Folded(cast(*a, static_cast<int>(to))) : std::nullopt;
  }
  if (node.node().op == "Clip") return clip(node, *a);
  if (node.node().op == "IsNaN" || node.node().op == "IsInf") return classify(node, *a);
  const Constant *b = node.constant(1), *c = node.constant(2);
  if (node.node().op == "CastLike")
    return b ? Folded(cast(*a, b->type != kUnknownType ? b->type : b->integer ? kInt64 : kFloat)) : std::nullopt;
  if (node.node().op == "Where") return b && c ? where(*a, *b, *c) : std::nullopt;
  if (!b) return std::nullopt;
  if (const Comparison* row = find(kComparisons, node)) return apply(*row, *a, *b);
  const Binary* row = find(kBinary, node);
  if (!row) return std::nullopt;
  if (row->op == "Mod" && node.integer("fmod", 0) != 0) return remainder(*a, *b);
  Folded made = apply(*row, *a, *b);
  // Sum, Mean, Min and Max have any number of operands.
  for (size_t i = 2; made && i < node.inputs(); ++i) {
    const Constant* next = node.constant(i);
    made = next ? apply(*row, *made, *next) : std::nullopt;
  }
  for (size_t i = 0; made && row->op == "Mean" && i < made->floats.size(); ++i) {
    made->floats[i] /= static_cast<float>(node.inputs());
  }
  return made;
}

}  // namespace smoothgrad
