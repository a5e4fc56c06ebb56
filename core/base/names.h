// Tables of what has a name; an unknown name is refused with the list of those there are.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace smoothgrad {

// A row of a table: "sum-abs" in every API, "Sum of absolute values" for people, and what it stands for.
template <typename Value>
struct Named {
  std::string_view name, title;
  Value value;
};

// Row: anything with a `name`. what: "method", as it stands in the error.
template <typename Row>
const Row& find_named(std::span<const Row> table, std::string_view name, const std::string& what) {
  const auto found = std::ranges::find(table, name, &Row::name);
  if (found != table.end()) return *found;
  std::string names;
  for (const Row& row : table) names += (names.empty() ? "" : ", ") + std::string(row.name);
  throw Error(ErrorCode::kBadOption, what + " '" + std::string(name) + "' is not known; there is " + names);
}

// The value must be in the table.
template <typename Value>
std::string_view name_of(std::span<const Named<Value>> table, Value value) {
  return std::ranges::find(table, value, &Named<Value>::value)->name;
}

}  // namespace smoothgrad
