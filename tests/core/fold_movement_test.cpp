// Constants moved, joined and made of shapes; dimensions found on the way through a graph.
#include "tests/core/import_graph.h"

namespace smoothgrad {
namespace {

using namespace test;
using Dims = std::vector<int64_t>;

const Constant kTable = floats({2, 3}, {1, 2, 3, 4, 5, 6});

struct Moved {
  std::string op;
  std::vector<Constant> inputs;
  Attributes attributes;
  Dims dims;
  std::vector<float> result;
  int64_t opset = 17;
};

TEST_CASE("elements are moved operator by operator", "[import]") {
  const std::vector<float> same = kTable.floats;
  const Moved cases[] = {
      {"Identity", {kTable}, {}, {2, 3}, same},
      {"Reshape", {kTable, integers({3, -1})}, {}, {3, 2}, same},
      {"Reshape", {kTable, integers({0, 3, 1})}, {}, {2, 3, 1}, same},
      {"Flatten", {kTable}, {{"axis", number(0)}}, {1, 6}, same},
      {"Squeeze", {floats({1, 2, 1}, {7, 8}), integers({0})}, {}, {2, 1}, {7, 8}},
      {"Squeeze", {floats({1, 2, 1}, {7, 8})}, {}, {2}, {7, 8}},
      {"Squeeze", {floats({1, 2, 1}, {7, 8})}, {{"axes", list({-1})}}, {1, 2}, {7, 8}, 11},
      {"Unsqueeze", {kTable, integers({0, -1})}, {}, {1, 2, 3, 1}, same},
      {"Transpose", {kTable}, {}, {3, 2}, {1, 4, 2, 5, 3, 6}},
      {"Transpose", {floats({1, 2, 2}, {1, 2, 3, 4})}, {{"perm", list({2, 0, 1})}}, {2, 1, 2}, {1, 3, 2, 4}},
      {"Slice", {kTable, integers({1}), integers({100}), integers({1})}, {}, {2, 2}, {2, 3, 5, 6}},
      {"Slice", {kTable, integers({-1}), integers({-100}), integers({1}), integers({-2})}, {}, {2, 2}, {3, 1, 6, 4}},
      {"Slice", {kTable}, {{"starts", list({1, 0})}, {"ends", list({2, -1})}}, {1, 2}, {4, 5}, 9},
      {"Slice", {kTable, integers({2}), integers({1})}, {}, {0, 3}, {}},
      {"Slice", {kTable, integers({0}), integers({1})}, {}, {1, 3}, {1, 2, 3}},
      {"Expand", {floats({2, 1}, {1, 2}), integers({2, 2})}, {}, {2, 2}, {1, 1, 2, 2}},
      {"Expand", {floats({1}, {3}), integers({2, 1})}, {}, {2, 1}, {3, 3}},
      {"Tile", {floats({1, 2}, {1, 2}), integers({2, 2})}, {}, {2, 4}, {1, 2, 1, 2, 1, 2, 1, 2}},
      {"Gather", {kTable, ints({}, {-1})}, {{"axis", number(1)}}, {2}, {3, 6}},
      {"Gather", {kTable, integers({1, 0, 1})}, {}, {3, 3}, {4, 5, 6, 1, 2, 3, 4, 5, 6}},
      {"Concat", {kTable, floats({2, 1}, {9, 8})}, {{"axis", number(-1)}}, {2, 4}, {1, 2, 3, 9, 4, 5, 6, 8}},
      {"Range", {floats({}, {1}), floats({}, {2}), floats({}, {0.5f})}, {}, {2}, {1, 1.5f}},
      {"ConstantOfShape", {integers({2, 2})}, {}, {2, 2}, {0, 0, 0, 0}},
  };
  for (const Moved& c : cases) {
    INFO(c.op);
    const auto folded = fold_one(c.op, c.inputs, c.attributes, c.opset);
    REQUIRE(folded);
    CHECK(folded->dims == c.dims);
    CHECK(folded->floats == c.result);
  }
}

TEST_CASE("integers that are made or counted", "[import]") {
  Attribute seven;
  seven.tensor = ints({1}, {7});
  CHECK(fold_one("ConstantOfShape", {integers({3})}, {{"value", seven}})->ints == Dims{7, 7, 7});
  CHECK(fold_one("Range", {ints({}, {5}), ints({}, {0}), ints({}, {-2})})->ints == Dims{5, 3, 1});
  CHECK(fold_one("NonZero", {floats({2, 2}, {0, 1, 2, 0})})->ints == Dims{0, 1, 1, 0});
  CHECK(fold_one("Shape", {kTable})->ints == Dims{2, 3});
  CHECK(fold_one("Shape", {kTable}, {{"start", number(-1)}})->ints == Dims{3});
  CHECK(fold_one("Size", {kTable})->ints == Dims{6});
}

TEST_CASE("elements are replaced and summed up", "[import]") {
  const Constant row = floats({4}, {1, 2, 3, 4}), two = floats({2}, {9, 8});
  CHECK(fold_one("ScatterND", {row, ints({2, 1}, {3, 0}), two})->floats == std::vector<float>{8, 2, 3, 9});
  CHECK(fold_one("ScatterND", {kTable, ints({1, 1}, {-1}), floats({1, 3}, {7, 8, 9})})->floats ==
        std::vector<float>{1, 2, 3, 7, 8, 9});
  Attribute add;
  add.s = "add";
  CHECK(fold_one("ScatterND", {row, ints({2, 1}, {1, 1}), two}, {{"reduction", add}})->floats ==
        std::vector<float>{1, 19, 3, 4});
  CHECK(fold_one("ScatterElements", {kTable, ints({2, 1}, {2, 0}), floats({2, 1}, {9, 8})}, {{"axis", number(1)}})->floats ==
        std::vector<float>{1, 2, 9, 8, 5, 6});
  CHECK(fold_one("Trilu", {kTable})->floats == std::vector<float>{1, 2, 3, 0, 5, 6});
  CHECK(fold_one("Trilu", {kTable, ints({}, {1})}, {{"upper", number(0)}})->floats == std::vector<float>{1, 2, 0, 4, 5, 6});
  CHECK(fold_one("CumSum", {row, ints({}, {0})})->floats == std::vector<float>{1, 3, 6, 10});
  CHECK(fold_one("CumSum", {row, ints({}, {0})}, {{"exclusive", number(1)}, {"reverse", number(1)}})->floats ==
        std::vector<float>{9, 7, 4, 0});
  CHECK(fold_one("CumSum", {ints({2, 2}, {1, 2, 3, 4}), ints({}, {0})})->ints == Dims{1, 2, 4, 6});
  CHECK(fold_one("EyeLike", {kTable}, {{"k", number(1)}})->floats == std::vector<float>{0, 1, 0, 0, 0, 1});
  CHECK(!fold_one("ScatterND", {row, ints({2, 1}, {4, 0}), two}));
  CHECK(!fold_one("ScatterND", {row, ints({1, 1}, {0}), two}));
  CHECK(!fold_one("CumSum", {row, ints({}, {1})}));
}

TEST_CASE("movements that do not fit are left alone", "[import]") {
  CHECK(!fold_one("Reshape", {kTable, integers({4, -1})}));
  CHECK(!fold_one("Reshape", {kTable, integers({int64_t{1} << 40, int64_t{1} << 40})}));
  CHECK(!fold_one("Gather", {kTable, integers({2})}));
  CHECK(!fold_one("Squeeze", {kTable, integers({0})}));
  CHECK(!fold_one("Transpose", {kTable}, {{"perm", list({0, 0})}}));
  CHECK(!fold_one("Concat", {kTable, floats({3, 1}, {1, 2, 3})}, {{"axis", number(1)}}));
  CHECK(!fold_one("Slice", {kTable, integers({0}), integers({1}), integers({0}), integers({0})}));
  CHECK(!fold_one("Slice", {kTable, integers({0, 1}), integers({2, 2}), integers({0, 0})}));
  CHECK(!fold_one("ConstantOfShape", {integers({1 << 20, 1 << 20})}));
  CHECK(!fold_one("Tile", {kTable, integers({int64_t{1} << 62, 4})}));
  CHECK(!fold_one("Range", {ints({}, {0}), ints({}, {1}), ints({}, {0})}));
}

TEST_CASE("Split makes a constant of each part", "[import]") {
  Graph graph = graph_of({node("Split", {"c"}, {"a", "b"}, {{"axis", number(1)}, {"num_outputs", number(2)}})}, {{"c", kTable}},
                         {"a", "b"});
  fold_constants(graph);
  CHECK(graph.constants.at("a").floats == std::vector<float>{1, 2, 4, 5});
  CHECK(graph.constants.at("b").floats == std::vector<float>{3, 6});
}

TEST_CASE("Constant nodes of every form", "[import]") {
  const auto constant = [](const std::string& form, Attribute attribute) {
    Graph graph = graph_of({node("Constant", {}, {"y"}, {{form, std::move(attribute)}})});
    fold_constants(graph);
    return graph.constants.at("y");
  };
  Attribute reals, tensor, words = text("six");
  reals.floats = {1.5f, 2};
  tensor.tensor = kTable;
  words.text = true;
  CHECK(constant("value", tensor).dims == Dims{2, 3});
  CHECK(constant("value_float", real(2)).floats == std::vector<float>{2});
  CHECK(constant("value_float", real(2)).dims.empty());
  CHECK(constant("value_floats", reals).dims == Dims{2});
  CHECK(constant("value_int", number(3)).ints == Dims{3});
  CHECK(constant("value_ints", list({3, 4})).ints == Dims{3, 4});
  CHECK_THAT(constant("value_string", words).problem, says("the_Constant' (Constant) is text"));
}

// What PyTorch writes for x.view(x.size(0), -1): Shape, Gather, Unsqueeze, Concat, Reshape.
TEST_CASE("a shape computed of the input becomes a constant", "[import]") {
  Graph graph = graph_of({node("Relu", {"x"}, {"r"}), node("Shape", {"r"}, {"s"}), node("Gather", {"s", "zero"}, {"n"}),
                          node("Unsqueeze", {"n", "axes"}, {"n1"}),
                          node("Concat", {"n1", "rest"}, {"to"}, {{"axis", number(0)}}), node("Reshape", {"r", "to"}, {"y"})},
                         {{"zero", ints({}, {0})}, {"axes", integers({0})}, {"rest", integers({-1})}}, {"y"}, {-1, 3, 4, 5});
  fold_constants(graph);
  CHECK(operators(graph) == Strings{"Relu", "Reshape"});
  CHECK(graph.constants.at("to").ints == Dims{1, -1});
  CHECK(graph.dims.at("y") == Dims{1, 60});
}

struct Inferred {
  Node made;
  Dims dims;
};

TEST_CASE("dimensions go through a graph", "[import]") {
  const Inferred cases[] = {
      {node("Conv", {"x", "w"}, {"y"}, {{"pads", list({1, 1, 1, 1})}, {"strides", list({2, 2})}}), {1, 8, 2, 3}},
      {node("Conv", {"x", "w"}, {"y"}, {{"auto_pad", text("SAME_UPPER")}, {"strides", list({2, 2})}}), {1, 8, 2, 3}},
      {node("MaxPool", {"x"}, {"y"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}}), {1, 3, 2, 2}},
      {node("AveragePool", {"x"}, {"y"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}, {"ceil_mode", number(1)}}),
       {1, 3, 2, 3}},
      {node("GlobalAveragePool", {"x"}, {"y"}), {1, 3, 1, 1}},
      {node("ReduceMean", {"x"}, {"y"}, {{"axes", list({2, 3})}, {"keepdims", number(0)}}), {1, 3}},
      {node("MatMul", {"x", "m"}, {"y"}), {1, 3, 4, 7}},
      {node("Add", {"x", "m"}, {"y"}), {}},  // they do not fit
      {node("Add", {"x", "b"}, {"y"}), {1, 3, 4, 5}},
      {node("Concat", {"x", "x"}, {"y"}, {{"axis", number(1)}}), {1, 6, 4, 5}},
      {node("Transpose", {"x"}, {"y"}, {{"perm", list({0, 2, 3, 1})}}), {1, 4, 5, 3}},
      {node("Pad", {"x", "p"}, {"y"}), {1, 3, 6, 5}},
      {node("Resize", {"x", "", "twice"}, {"y"}), {1, 3, 8, 10}},
      {node("Gather", {"x", "i"}, {"y"}, {{"axis", number(1)}}), {1, 2, 4, 5}},
      {node("DepthToSpace", {"x"}, {"y"}, {{"blocksize", number(1)}}), {1, 3, 4, 5}},
      {node("ArgMax", {"x"}, {"y"}, {{"axis", number(1)}, {"keepdims", number(0)}}), {1, 4, 5}},
  };
  const std::map<std::string, Constant> constants = {
      {"w", random_constant({8, 3, 3, 3}, 1)},   {"m", random_constant({5, 7}, 2)}, {"b", random_constant({3, 1, 1}, 3)},
      {"p", integers({0, 0, 1, 0, 0, 0, 1, 0})}, {"i", integers({0, 2})},           {"twice", floats({4}, {1, 1, 2, 2})}};
  for (const Inferred& c : cases) {
    INFO(c.made.op);
    Graph graph = graph_of({c.made}, constants);
    fold_constants(graph);
    CHECK((graph.dims.contains("y") ? graph.dims.at("y") : Dims{}) == c.dims);
  }
}

TEST_CASE("weights are taken over where nothing else reads them", "[import]") {
  const Attributes to_float = {{"to", number(kFloat)}};
  Graph graph =
      graph_of({node("Cast", {"w"}, {"a"}, to_float), node("Cast", {"v"}, {"b"}, to_float), node("Add", {"x", "v"}, {"y"})},
               {{"w", kTable}, {"v", kTable}});
  const float* numbers = graph.constants.at("w").floats.data();
  fold_constants(graph);
  CHECK(graph.constants.at("a").floats.data() == numbers);
  CHECK(!graph.constants.contains("w"));
  CHECK(graph.constants.at("v").floats == graph.constants.at("b").floats);
}

}  // namespace
}  // namespace smoothgrad
