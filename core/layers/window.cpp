// Compiled for size.
#include "core/layers/window.h"

#include <algorithm>

namespace smoothgrad {
namespace {

struct Axis {
  int64_t size, kernel, stride, dilation, before, after, output;
};

// auto_pad SAME_UPPER and SAME_LOWER: as many outputs as ceil(size / stride), the odd pixel after or before. size: of the image
// with the pads of a Pad node that the layer has absorbed.
void pad_same(Axis& axis, int64_t size, bool upper) {
  const int64_t outputs = (size + axis.stride - 1) / axis.stride;
  const int64_t span = (axis.kernel - 1) * axis.dilation + 1;
  const int64_t total = std::max<int64_t>(0, (outputs - 1) * axis.stride + span - size);
  axis.before = upper ? total / 2 : total - total / 2;
  axis.after = total - axis.before;
}

void size_output(const NodeBuilder& node, Axis& axis, Rounding rounding) {
  const int64_t span = (axis.kernel - 1) * axis.dilation + 1;
  const int64_t room = axis.size + axis.before + axis.after - span;
  if (room < 0) {
    node.bad({"a window of ", span, " pixels does not fit into ", axis.size + axis.before + axis.after, " (padding included)"});
  }
  axis.output = room / axis.stride + 1;
  if (rounding == Rounding::kCeil && room % axis.stride != 0) {
    // A window that would begin in the padding after the image is left out.
    if (axis.output * axis.stride < axis.size + axis.before) ++axis.output;
  }
}

std::vector<int64_t> read_ints(const NodeBuilder& node, const char* name, size_t count, int64_t absent, int64_t least) {
  std::vector<int64_t> values = node.attribute_ints(name, std::vector<int64_t>(count, absent));
  const auto wrong = [least](int64_t value) { return value < least || value > 1 << 16; };
  if (values.size() != count || std::ranges::any_of(values, wrong)) {
    node.bad({name, " must be ", count, " numbers of ", least, " or more: only two-dimensional windows are supported"});
  }
  return values;
}

}  // namespace

Window read_window(const NodeBuilder& node, Shape input, std::array<int64_t, 2> kernel, const std::vector<int64_t>& extra_pads,
                   Rounding rounding) {
  const std::vector<int64_t> declared = read_ints(node, "kernel_shape", 2, 0, 0);
  if (node.has_attribute("kernel_shape") && !std::ranges::equal(declared, kernel)) {
    node.bad({"kernel_shape contradicts the shape of the weights"});
  }
  const std::vector<int64_t> strides = read_ints(node, "strides", 2, 1, 1), dilations = read_ints(node, "dilations", 2, 1, 1);
  const std::vector<int64_t> pads = read_ints(node, "pads", 4, 0, 0);
  const std::string auto_pad = node.attribute_string("auto_pad", "NOTSET");
  std::array<Axis, 2> axes;
  const std::array<int64_t, 2> sizes = {input.height, input.width};
  for (size_t a = 0; a < 2; ++a) {
    if (kernel[a] < 1 || kernel[a] > 1 << 12) node.bad({"a window of ", kernel[a], " pixels"});
    const bool explicit_pads = auto_pad == "NOTSET";
    Axis& axis = axes[a] = {
        sizes[a], kernel[a], strides[a], dilations[a], explicit_pads ? pads[a] : 0, explicit_pads ? pads[a + 2] : 0, 0};
    if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") {
      pad_same(axis, sizes[a] + extra_pads[a] + extra_pads[a + 2], auto_pad == "SAME_UPPER");
    } else if (auto_pad != "NOTSET" && auto_pad != "VALID") {
      node.bad({"auto_pad '", auto_pad, "' is none of NOTSET, VALID, SAME_UPPER, SAME_LOWER"});
    }
    axis.before += extra_pads[a];
    axis.after += extra_pads[a + 2];
    size_output(node, axis, rounding);
  }
  Window window;
  ConvGeometry& g = window.geometry;
  g.input = input;
  g.output = {static_cast<int>(axes[0].output), static_cast<int>(axes[1].output), input.channels};
  g.kernel_height = static_cast<int>(kernel[0]), g.kernel_width = static_cast<int>(kernel[1]);
  g.stride_y = static_cast<int>(strides[0]), g.stride_x = static_cast<int>(strides[1]);
  g.dilation_y = static_cast<int>(dilations[0]), g.dilation_x = static_cast<int>(dilations[1]);
  g.pad_top = static_cast<int>(axes[0].before), g.pad_left = static_cast<int>(axes[1].before);
  window.pad_bottom = static_cast<int>(axes[0].after), window.pad_right = static_cast<int>(axes[1].after);
  return window;
}

}  // namespace smoothgrad
