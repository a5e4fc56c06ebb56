// Resize: nearest (a rearrangement), linear and cubic along two axes (weighted means), in every coordinate mode but
// tf_crop_and_resize, and with antialiasing. Coordinates and weights: ONNX's operator specification.
// Compiled for size.
#include <algorithm>
#include <cmath>

#include "core/base/order.h"
#include "core/layers/builders.h"
#include "core/layers/interpolation.h"
#include "core/layers/node_builder.h"
#include "core/layers/rearrange.h"

namespace smoothgrad {
namespace {

struct Axis {
  double scale = 1;
  int before = 1, after = 1;  // elements
};

// Where place `at` of the output is in the input.
double coordinate(const NodeBuilder& node, const std::string& mode, const Axis& axis, double at) {
  if (mode == "half_pixel") return (at + 0.5) / axis.scale - 0.5;
  if (mode == "pytorch_half_pixel") return axis.after > 1 ? (at + 0.5) / axis.scale - 0.5 : 0;
  if (mode == "asymmetric") return at / axis.scale;
  if (mode == "align_corners") return axis.after > 1 ? at * (axis.before - 1) / (axis.after - 1) : 0;
  if (mode == "half_pixel_symmetric") {
    const double adjusted = axis.after / (axis.scale * axis.before);
    return axis.before * 0.5 * (1 - adjusted) + (at + 0.5) / axis.scale - 0.5;
  }
  node.unsupported({"coordinate_transformation_mode '", mode, "'"});
}

double nearest(const NodeBuilder& node, const std::string& mode, double at) {
  if (mode == "round_prefer_floor") return std::ceil(at - 0.5);
  if (mode == "round_prefer_ceil") return std::floor(at + 0.5);
  if (mode == "floor") return std::floor(at);
  if (mode == "ceil") return std::ceil(at);
  node.bad({"nearest_mode '", mode, "' is none of round_prefer_floor, round_prefer_ceil, floor, ceil"});
}

struct Modes {
  std::string coordinates, nearest;
  bool cubic = false;
  double a = 0;
  bool antialias = false;  // where it becomes smaller, the weights reach as much farther
  bool inside = false;     // no weight for places outside, else they are as the border
};

Mixture mix(const NodeBuilder& node, const Modes& modes, const Axis& axis) {
  const double reach = modes.cubic ? 2 : 1, scale = modes.antialias ? std::min(axis.scale, 1.) : 1;
  const int before = static_cast<int>(std::ceil(reach / scale)) - 1;  // places before the one that is next before a coordinate
  Mixture mixture;
  mixture.taps = 2 * static_cast<size_t>(before + 1);
  std::vector<double> weights(mixture.taps);
  for (int at = 0; at < axis.after; ++at) {
    const double place = coordinate(node, modes.coordinates, axis, at), first = std::floor(place) - before;
    double sum = 0;
    for (size_t tap = 0; tap < mixture.taps; ++tap) {
      const double tapped = first + static_cast<double>(tap), within = std::clamp(tapped, 0., axis.before - 1.);
      weights[tap] = modes.inside && tapped != within ? 0 : weight_at(modes.cubic, (place - tapped) * scale, modes.a);
      sum += weights[tap];
      mixture.places.push_back(static_cast<int>(within));
    }
    if (sum == 0) node.unsupported({"exclude_outside where nothing is inside"});
    if (scale == 1 && !modes.inside) sum = 1;
    for (double weight : weights) mixture.weights.push_back(static_cast<float>(weight / sum));
  }
  return mixture;
}

std::vector<int32_t> picked(const NodeBuilder& node, const Modes& modes, const Axis& axis, const std::vector<int32_t>& from) {
  std::vector<int32_t> places;
  for (int at = 0; at < axis.after; ++at) {
    const double place = nearest(node, modes.nearest, coordinate(node, modes.coordinates, axis, at));
    places.push_back(from[static_cast<size_t>(std::clamp(place, 0., axis.before - 1.))]);
  }
  return places;
}

// Of each axis of the value; from inputs 2 (scales) or 3 (sizes), before opset 11 from input 1.
std::vector<Axis> read_axes(const NodeBuilder& node, const Dims& dims) {
  const int scales = node.opset() < 11 ? 1 : 2;
  const bool sized = node.has_input(3) && node.constant(3).size() > 0;
  if (!sized && !node.has_input(scales)) node.bad({"neither scales nor sizes are given"});
  const Constant& given = sized ? node.constant(3) : node.float_constant(scales);
  if (sized && !given.integer) node.bad({"sizes must be integers"});
  const bool corners = node.attribute_string("coordinate_transformation_mode", "half_pixel") == "align_corners";
  const AxisOrder all = row_major(dims.size());
  const std::vector<int64_t> axes = node.attribute_ints("axes", {all.begin(), all.end()});
  if (given.size() != axes.size()) node.bad({"scales or sizes must be one an axis"});
  std::vector<Axis> read;
  for (int64_t dim : dims) read.push_back({1, static_cast<int>(dim), static_cast<int>(dim)});
  for (size_t k = 0; k < axes.size(); ++k) {
    Axis& axis = read[node.axis(axes[k], dims.size())];
    const double after =
        sized ? static_cast<double>(given.ints[k]) : std::floor(axis.before * static_cast<double>(given.floats[k]));
    if (!(after >= 1 && after <= 1 << 16)) node.bad({"an output without elements, or of more than 65,536 along one dimension"});
    // Runtimes differ about what the last place is then.
    const bool whole = sized || after == axis.before * static_cast<double>(given.floats[k]);
    if (!whole && corners) node.unsupported({"align_corners with scales that do not give whole sizes"});
    axis.after = static_cast<int>(after);
    axis.scale = sized ? after / axis.before : static_cast<double>(given.floats[k]);
  }
  return read;
}

void refuse(const NodeBuilder& node) {
  if (const std::string policy = node.attribute_string("keep_aspect_ratio_policy", "stretch"); policy != "stretch") {
    node.unsupported({"keep_aspect_ratio_policy '", policy, "'"});
  }
}

}  // namespace

// The roi (input 1) and extrapolation_value are of tf_crop_and_resize alone.
void build_resize(NodeBuilder& node) {
  const Value input = node.value(0);
  refuse(node);
  const std::string mode = node.attribute_string("mode", "nearest");
  if (mode != "nearest" && mode != "linear" && mode != "cubic")
    node.bad({"mode '", mode, "' is none of nearest, linear, cubic"});
  const bool old = node.opset() < 11;  // without a choice: asymmetric and, for the nearest, rounded down
  const Modes modes{old ? "asymmetric" : node.attribute_string("coordinate_transformation_mode", "half_pixel"),
                    old ? "floor" : node.attribute_string("nearest_mode", "round_prefer_floor"),
                    mode == "cubic",
                    static_cast<double>(node.attribute_float("cubic_coeff_a", -0.75f)),
                    node.attribute_int("antialias", 0) != 0,
                    node.attribute_int("exclude_outside", 0) != 0};
  const std::vector<Axis> axes = read_axes(node, input.dims());
  const auto resized = [&axes](size_t axis) { return axes[axis].scale != 1 || axes[axis].after != axes[axis].before; };
  AxisOrder order = order_of(input.view);
  if (mode == "nearest") {
    Sources sources = sources_of(input.view, order);
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      if (resized(axis)) sources.along[axis] = picked(node, modes, axes[axis], sources.along[axis]);
    }
    return node.alias(node.rearranged(input, sources, "resize"));
  }
  // At most two axes, which lie outermost in memory.
  order = with_last(order, [&](size_t axis) { return !resized(axis); });
  const auto count = std::ranges::count_if(order, resized);
  if (count == 0) return node.alias(input);
  if (count > 2) node.unsupported({"mode '", mode, "' along ", count, " axes"});
  if (count == 2 && order[0] > order[1]) std::swap(order[0], order[1]);
  const Value value = node.ordered(input, order);
  const Axis rows = axes[order[0]], cols = count == 2 ? axes[order[1]] : Axis{};
  const Shape shape{rows.before, cols.before, static_cast<int>(value.size()) / (rows.before * cols.before)};
  Dims dims = input.dims();
  for (size_t axis = 0; axis < dims.size(); ++axis) dims[axis] = axes[axis].after;
  node.emit(std::make_unique<Interpolation>(shape, mix(node, modes, rows), mix(node, modes, cols)), {value},
            laid_out(dims, order));
}

}  // namespace smoothgrad
