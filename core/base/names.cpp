#include "core/base/names.h"

#include <string>

#include "core/base/text.h"

namespace smoothgrad {

const std::string_view& Names::operator[](size_t row) const {
  return *reinterpret_cast<const std::string_view*>(reinterpret_cast<const std::byte*>(first) + row * stride);
}

size_t Names::find(std::string_view name, const char* what) const {
  std::string names;
  for (size_t row = 0; row < count; ++row) {
    if ((*this)[row] == name) return row;
    names.append(row == 0 ? "" : ", ").append((*this)[row]);
  }
  refuse(ErrorCode::kBadOption, {what, " '", std::string(name), "' is not known; there is ", names});
}

}  // namespace smoothgrad
