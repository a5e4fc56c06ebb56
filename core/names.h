// Rows of a table by name; an unknown name is refused with the list of those there are.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "core/error.h"

namespace smoothgrad {

// Row: anything with a `name`. what: "method", as it stands in the error.
template <typename Row>
const Row& find_named(std::span<const Row> table, std::string_view name, const std::string& what) {
  const auto found = std::ranges::find(table, name, &Row::name);
  if (found != table.end()) return *found;
  std::string names;
  for (const Row& row : table) names += (names.empty() ? "" : ", ") + std::string(row.name);
  throw Error(ErrorCode::kBadOption, what + " '" + std::string(name) + "' is not known; there is " + names);
}

}  // namespace smoothgrad
