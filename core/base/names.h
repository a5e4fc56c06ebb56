// Tables of what has a name; an unknown name is refused with the list of those there are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace smoothgrad {

// A row of a table: "sum-abs" in every API, "Sum of absolute values" for people, and what it stands for.
template <typename Value>
struct Named {
  std::string_view name, title;
  Value value;
};

// The names of a table's rows, which begin `stride` bytes after each other.
struct Names {
  const std::string_view* first;
  size_t count, stride;

  const std::string_view& operator[](size_t row) const;
  // The row of that name. Throws Error(kBadOption) that lists the names; what: "method", as it stands in the error.
  size_t find(std::string_view name, const char* what) const;
};

// Row: anything with a `name`. One search for all tables: it is small code where there are many.
template <typename Row>
const Row& find_named(std::span<const Row> table, std::string_view name, const char* what) {
  return table[Names{&table.front().name, table.size(), sizeof(Row)}.find(name, what)];
}

// The value must be in the table.
template <typename Value>
std::string_view name_of(std::span<const Named<Value>> table, Value value) {
  return std::ranges::find(table, value, &Named<Value>::value)->name;
}

}  // namespace smoothgrad
