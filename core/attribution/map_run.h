// A map that is made otherwise than of sampled attributions, piece by piece: what methods are compared with. A new one is a
// file and a row in method.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/network/network.h"

namespace smoothgrad {

class MapRun {
 public:
  virtual ~MapRun() = default;

  virtual bool step() = 0;           // the next piece; false when all are done
  virtual int64_t done() const = 0;  // pieces, in the method's unit
  virtual int64_t goal() const = 0;
  virtual std::vector<float> map() const = 0;  // [H, W], of the pieces that are done
  virtual bool is_signed() const = 0;          // values below 0 mean something
};

// A whole number that one method takes and others do not, by its name in every API; without a value the method chooses.
struct OwnOption {
  std::string_view name;
  std::optional<int> value;
};

struct MapRunOptions {
  int target = 0;                       // class whose logit is explained
  std::optional<int> versus;            // explain S_target - S_versus instead
  std::vector<float> baseline;          // [H, W, C]; empty: zeros
  std::vector<std::optional<int>> own;  // the method's own options, in the order of its row
};

// Throws Error(kBadOption) naming the option. input: the normalised image, [H, W, C].
using MakeMapRun = std::unique_ptr<MapRun> (*)(std::shared_ptr<const Network> network, std::vector<float> input,
                                               const MapRunOptions& options);

}  // namespace smoothgrad
