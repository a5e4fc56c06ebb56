// Constants' arithmetic against closed forms, operator by operator.
#include <cmath>

#include "tests/core/import_graph.h"

namespace smoothgrad {
namespace {

using namespace test;
using Dims = std::vector<int64_t>;

struct FloatCase {
  std::string op;
  std::vector<Constant> inputs;
  std::vector<float> result;
};

const Constant kA = floats({3}, {-2.5f, 0.25f, 4}), kB = floats({3}, {2, -1, 0.5f});

TEST_CASE("floats are folded operator by operator", "[import]") {
  const FloatCase cases[] = {
      {"Add", {kA, kB}, {-0.5f, -0.75f, 4.5f}},
      {"Sum", {kA, kB, kB}, {1.5f, -1.75f, 5}},
      {"Sub", {kA, kB}, {-4.5f, 1.25f, 3.5f}},
      {"Mul", {kA, kB}, {-5, -0.25f, 2}},
      {"Div", {kA, kB}, {-1.25f, -0.25f, 8}},
      {"Pow", {kA, kB}, {6.25f, 4, 2}},
      {"Pow", {kA, integers({2, 1, 0})}, {6.25f, 0.25f, 1}},
      {"Min", {kA, kB}, {-2.5f, -1, 0.5f}},
      {"Max", {kA, kB}, {2, 0.25f, 4}},
      {"Neg", {kA}, {2.5f, -0.25f, -4}},
      {"Abs", {kA}, {2.5f, 0.25f, 4}},
      {"Sign", {kA}, {-1, 1, 1}},
      {"Floor", {kA}, {-3, 0, 4}},
      {"Ceil", {kA}, {-2, 1, 4}},
      {"Round", {floats({3}, {0.5f, 1.5f, -2.5f})}, {0, 2, -2}},
      {"Reciprocal", {kB}, {0.5f, -1, 2}},
      {"Sqrt", {floats({2}, {9, 0.25f})}, {3, 0.5f}},
      {"Exp", {floats({1}, {0})}, {1}},
      {"Log", {floats({1}, {1})}, {0}},
      {"Sin", {floats({1}, {0})}, {0}},
      {"Cos", {floats({1}, {0})}, {1}},
      {"Tanh", {floats({1}, {0})}, {0}},
      {"Erf", {floats({1}, {0})}, {0}},
      {"Sigmoid", {floats({1}, {0})}, {0.5f}},
      {"Relu", {kA}, {0, 0.25f, 4}},
      {"Clip", {kA, floats({}, {-1}), floats({}, {1})}, {-1, 0.25f, 1}},
      {"Mean", {kA, kB, kB}, {0.5f, -1.75f / 3, 5.f / 3}},
      {"Where", {integers({1, 0, 1}), kA, kB}, {-2.5f, -1, 4}},
  };
  for (const FloatCase& c : cases) {
    INFO(c.op);
    const auto folded = fold_one(c.op, c.inputs);
    REQUIRE(folded);
    CHECK(!folded->integer);
    CHECK(folded->floats == c.result);
    CHECK(folded->dims == std::vector<int64_t>{static_cast<int64_t>(c.result.size())});
  }
}

TEST_CASE("batch-norm of a constant is folded, by the statistics given or by its own", "[import]") {
  const Constant x = floats({1, 2, 3}, {1, 2, 6, -1, 0, 4});
  const std::vector<Constant> inputs = {x, floats({2}, {2, 3}), floats({2}, {0.5f, -1}), floats({2}, {2, -1}),
                                        floats({2}, {3.75f, 24.75f})};
  const auto given = fold_one("BatchNormalization", inputs, {{"epsilon", real(0.25f)}});
  REQUIRE(given);
  CHECK(given->dims == x.dims);
  CHECK(given->floats == std::vector<float>{-0.5f, 0.5f, 4.5f, -1, -0.4f, 2});
  const auto own = fold_one("BatchNormalization", inputs, {{"epsilon", real(0.25f)}, {"training_mode", number(1)}});
  REQUIRE(own);
  // Means 3 and 1, variances 14 / 3.
  const double reciprocal = 1 / std::sqrt(14. / 3 + 0.25);
  for (size_t i = 0; i < 6; ++i) {
    const double z = (x.floats[i] - (i < 3 ? 3 : 1)) * reciprocal;
    CHECK(own->floats[i] == Catch::Approx(i < 3 ? 2 * z + 0.5 : 3 * z - 1));
  }
  auto short_of_one = inputs;
  short_of_one[3] = floats({1}, {2});
  CHECK_FALSE(fold_one("BatchNormalization", short_of_one));
}

struct IntCase {
  std::string op;
  std::vector<Constant> inputs;
  std::vector<int64_t> result;
};

TEST_CASE("integers are folded in int64, division truncates", "[import]") {
  const Constant a = integers({-7, 7, 5}), b = integers({2, -2, 5});
  const int64_t large = int64_t{1} << 53;  // and one more, which double does not have
  const IntCase cases[] = {
      {"Add", {integers({large}), integers({1})}, {large + 1}},
      {"Sub", {a, b}, {-9, 9, 0}},
      {"Mul", {a, b}, {-14, -14, 25}},
      {"Div", {a, b}, {-3, -3, 1}},
      {"Mod", {a, b}, {1, -1, 0}},
      {"Pow", {b, integers({3, 2, 1})}, {8, 4, 5}},
      {"Min", {a, b}, {-7, -2, 5}},
      {"Max", {a, b}, {2, 7, 5}},
      {"Neg", {a}, {7, -7, -5}},
      {"Abs", {a}, {7, 7, 5}},
      {"Equal", {a, b}, {0, 0, 1}},
      {"Greater", {a, b}, {0, 1, 0}},
      {"Less", {a, b}, {1, 0, 0}},
      {"GreaterOrEqual", {a, b}, {0, 1, 1}},
      {"LessOrEqual", {a, b}, {1, 0, 1}},
      {"Less", {kA, kB}, {1, 0, 0}},
      {"Equal", {floats({1}, {NAN}), floats({1}, {NAN})}, {0}},
      {"Not", {integers({0, 1})}, {1, 0}},
      {"And", {integers({0, 1, 1}), integers({1, 0, 1})}, {0, 0, 1}},
      {"Or", {integers({0, 1, 0}), integers({1, 0, 0})}, {1, 1, 0}},
      {"Xor", {integers({0, 1, 1}), integers({1, 0, 1})}, {1, 1, 0}},
  };
  for (const IntCase& c : cases) {
    INFO(c.op);
    const auto folded = fold_one(c.op, c.inputs);
    REQUIRE(folded);
    CHECK(folded->integer);
    CHECK(folded->ints == c.result);
  }
}

TEST_CASE("operands spread as numpy does", "[import]") {
  const auto folded = fold_one("Add", {floats({2, 1}, {1, 2}), floats({3}, {10, 20, 30})});
  REQUIRE(folded);
  CHECK(folded->dims == std::vector<int64_t>{2, 3});
  CHECK(folded->floats == std::vector<float>{11, 21, 31, 12, 22, 32});
}

TEST_CASE("what cannot be folded is left alone", "[import]") {
  CHECK(!fold_one("Div", {integers({1}), integers({0})}));
  CHECK(!fold_one("Add", {integers({1, 2}), integers({1, 2, 3})}));
  CHECK(!fold_one("Add", {floats({1}, {1}), integers({1})}));
  CHECK(!fold_one("Sqrt", {integers({4})}));
  CHECK(!fold_one("Softplus", {kA}));
  CHECK(!fold_one("Add", {kA}));
}

TEST_CASE("casts cut off, wrap round and widen", "[import]") {
  const auto cast_to = [](const Constant& from, int type) { return fold_one("Cast", {from}, {{"to", number(type)}}); };
  CHECK(cast_to(kA, kInt64)->ints == std::vector<int64_t>{-2, 0, 4});
  CHECK(cast_to(integers({300, -1}), kUint8)->ints == std::vector<int64_t>{44, 255});
  CHECK(cast_to(integers({200}), kInt8)->ints == std::vector<int64_t>{-56});
  CHECK(cast_to(kA, kBool)->ints == std::vector<int64_t>{1, 1, 1});
  CHECK(cast_to(integers({3}), kFloat)->floats == std::vector<float>{3});
  CHECK(cast_to(kA, kFloat16)->floats == kA.floats);
  CHECK(cast_to(kA, kInt32)->type == kInt32);
  CHECK(!cast_to(kA, kString));
}

TEST_CASE("reductions of constants", "[import]") {
  const Constant a = floats({2, 3}, {1, 2, 3, 4, 5, 9});
  const auto reduce = [&](const char* op, Attributes attributes) { return fold_one(op, {a}, std::move(attributes), 13); };
  CHECK(reduce("ReduceMean", {{"axes", list({1})}})->floats == std::vector<float>{2, 6});
  CHECK(reduce("ReduceMean", {{"axes", list({1})}})->dims == std::vector<int64_t>{2, 1});
  CHECK(reduce("ReduceMax", {{"axes", list({-2})}, {"keepdims", number(0)}})->floats == std::vector<float>{4, 5, 9});
  CHECK(reduce("ReduceMax", {{"axes", list({-2})}, {"keepdims", number(0)}})->dims == std::vector<int64_t>{3});
  CHECK(reduce("ReduceMin", {{"keepdims", number(0)}})->floats == std::vector<float>{1});
  CHECK(reduce("ReduceMin", {{"keepdims", number(0)}})->dims.empty());
  CHECK(reduce("ReduceSumSquare", {{"axes", list({1})}})->floats == std::vector<float>{14, 122});
  CHECK(fold_one("ReduceSum", {a, integers({0})})->floats == std::vector<float>{5, 7, 12});
  CHECK(fold_one("ReduceProd", {integers({2, 3, 7})})->ints == std::vector<int64_t>{42});
  CHECK(fold_one("ReduceSum", {a}, {{"noop_with_empty_axes", number(1)}})->floats == a.floats);
  CHECK(!reduce("ReduceSum", {{"axes", list({2})}}));
}

TEST_CASE("quantised constants are dequantised, by tensor or by axis", "[import]") {
  const auto weights = ints({2, 2}, {-128, 0, 64, 127}, kInt8);
  const auto whole = fold_one("DequantizeLinear", {weights, floats({}, {0.5f}), ints({}, {-2}, kInt8)});
  CHECK(whole->floats == std::vector<float>{-63, 1, 33, 64.5f});
  const auto rows = fold_one("DequantizeLinear", {weights, floats({2}, {0.5f, 2})}, {{"axis", number(0)}});
  CHECK(rows->floats == std::vector<float>{-64, 0, 128, 254});
  const auto columns = fold_one("DequantizeLinear", {weights, floats({2}, {0.5f, 2})});  // axis 1
  CHECK(columns->floats == std::vector<float>{-64, 0, 32, 254});
  const auto levels =
      fold_one("QuantizeLinear", {floats({4}, {-1, 0.25f, 0.75f, 1000}), floats({}, {0.5f}), ints({}, {1}, kUint8)});
  CHECK(levels->ints == std::vector<int64_t>{0, 1, 3, 255});
  CHECK(!fold_one("DequantizeLinear", {weights, floats({3}, {1, 1, 1})}));
}

TEST_CASE("numbers are clipped, classified and divided as their attributes say", "[import]") {
  Attribute least;
  least.f = -1;
  CHECK(fold_one("Clip", {kA}, {{"min", least}}, 10)->floats == std::vector<float>{-1, 0.25f, 4});
  CHECK(fold_one("Clip", {integers({-7, 3}), ints({}, {0})})->ints == Dims{0, 3});
  const Constant odd = floats({4}, {NAN, INFINITY, -INFINITY, 1});
  CHECK(fold_one("IsNaN", {odd})->ints == Dims{1, 0, 0, 0});
  CHECK(fold_one("IsInf", {odd})->ints == Dims{0, 1, 1, 0});
  CHECK(fold_one("IsInf", {odd}, {{"detect_negative", number(0)}})->ints == Dims{0, 1, 0, 0});
  CHECK(fold_one("Mod", {kA, kB}, {{"fmod", number(1)}})->floats == std::vector<float>{-0.5f, 0.25f, 0});
  CHECK(fold_one("Mod", {integers({-7, 7}), integers({2, -2})}, {{"fmod", number(1)}})->ints == Dims{-1, 1});
  CHECK(fold_one("CastLike", {kA, integers({1})})->ints == Dims{-2, 0, 4});
}

TEST_CASE("norms and places of extremes of constants", "[import]") {
  const Constant table = floats({2, 3}, {3, 0, -4, 5, 12, 12});
  const Attributes last = {{"axes", list({1})}, {"keepdims", number(0)}};
  CHECK(fold_one("ReduceL2", {floats({2, 2}, {3, 4, 5, 12})}, last)->floats == std::vector<float>{5, 13});
  CHECK(fold_one("ReduceL1", {table}, last)->floats == std::vector<float>{7, 29});
  CHECK(fold_one("ReduceProd", {table}, last)->floats == std::vector<float>{0, 720});
  const Attributes rows = {{"axis", number(-1)}, {"keepdims", number(0)}};
  CHECK(fold_one("ArgMax", {table}, rows)->ints == Dims{0, 1});
  CHECK(fold_one("ArgMin", {table}, rows)->ints == Dims{2, 0});
  CHECK(fold_one("ArgMax", {table})->dims == Dims{1, 3});
  CHECK(fold_one("ArgMax", {table}, {{"axis", number(1)}, {"select_last_index", number(1)}})->ints == Dims{0, 2});
}

TEST_CASE("matrices of constants are multiplied", "[import]") {
  const Constant a = floats({2, 3}, {1, 2, 3, 4, 5, 6}), b = floats({3, 2}, {1, 0, 0, 1, 1, 1});
  CHECK(fold_one("MatMul", {a, b})->floats == std::vector<float>{4, 5, 10, 11});
  CHECK(fold_one("MatMul", {a, b})->dims == Dims{2, 2});
  // Two matrices by one, and vectors.
  CHECK(fold_one("MatMul", {floats({2, 1, 2}, {1, 2, 3, 4}), floats({2, 1}, {1, 10})})->floats == std::vector<float>{21, 43});
  CHECK(fold_one("MatMul", {floats({2, 1, 2}, {1, 2, 3, 4}), floats({2}, {1, 10})})->dims == Dims{2, 1});
  CHECK(fold_one("MatMul", {floats({3}, {1, 1, 0}), b})->dims == Dims{2});
  CHECK(fold_one("MatMul", {floats({3}, {1, 1, 0}), floats({3}, {1, 2, 3})})->dims.empty());
  Attribute twice;
  twice.f = 2;
  const Attributes attributes = {{"transA", number(1)}, {"transB", number(1)}, {"alpha", twice}};
  CHECK(fold_one("Gemm", {floats({2, 1}, {1, 2}), floats({3, 2}, {1, 0, 0, 1, 1, 1}), floats({3}, {1, 0, -1})}, attributes)
            ->floats == std::vector<float>{3, 4, 5});
  CHECK(!fold_one("MatMul", {a, a}));
  CHECK(!fold_one("Gemm", {a, b, floats({3}, {1, 2, 3})}));
}

}  // namespace
}  // namespace smoothgrad
