// Terms are consumed in order whatever the order of delivery, and no number is further ahead than the window.
#include "core/attribution/reorder_window.h"

#include <catch_amalgamated.hpp>

namespace smoothgrad {
namespace {

TEST_CASE("terms are consumed in order of their numbers", "[run]") {
  std::vector<int64_t> consumed;
  std::vector<float> values;
  ReorderWindow window([&](int64_t number, const Term& term) {
    consumed.push_back(number);
    values.push_back(term.attribution[0]);
    return true;
  });
  window.set_slots(3);
  window.set_goal(5);
  for (int i = 0; i < 3; ++i) window.term(window.take()->first).attribution = {static_cast<float>(10 * i)};
  CHECK(!window.take());  // the window is full
  window.deliver(2);
  window.deliver(1);
  CHECK(consumed.empty());
  CHECK(!window.take());
  window.deliver(0);
  CHECK(consumed == std::vector<int64_t>{0, 1, 2});
  CHECK(values == std::vector<float>{0, 10, 20});
  CHECK(window.take()->first == 3);
  CHECK(window.take()->first == 4);
  CHECK(!window.take());  // the goal is handed out
}

TEST_CASE("numbers are handed out together where they fit, and what is left of them at the goal", "[run]") {
  ReorderWindow window([](int64_t, const Term&) { return true; });
  window.set_slots(4);
  window.set_goal(6);
  const auto first = window.take(3);
  CHECK(first->first == 0);
  CHECK(first->count == 3);
  CHECK(!window.take(3));  // one slot is left, and three numbers
  for (int64_t number : {0, 1, 2}) window.deliver(number);
  CHECK(window.take(2)->count == 2);
  const auto last = window.take(3);
  CHECK(last->first == 5);
  CHECK(last->count == 1);
  CHECK(!window.take(3));
}

TEST_CASE("a consumer can stop, and a new goal goes on from there", "[run]") {
  int64_t last = -1;
  ReorderWindow window([&](int64_t number, const Term&) {
    last = number;
    return number != 1;
  });
  window.set_slots(4);
  window.set_goal(10);
  for (int i = 0; i < 4; ++i) REQUIRE(window.take()->first == i);
  for (int i = 0; i < 4; ++i) window.deliver(i);
  CHECK(last == 1);
  CHECK(window.consumed() == 2);
  CHECK(window.goal() == 2);
  CHECK(!window.take());
  window.set_goal(10);  // 2 and 3 had been delivered
  CHECK(last == 3);
  CHECK(window.take()->first == 4);
}

TEST_CASE("new slots hand out again what was taken and not consumed", "[run]") {
  std::vector<int64_t> consumed;
  ReorderWindow window([&](int64_t number, const Term&) {
    consumed.push_back(number);
    return true;
  });
  CHECK(window.handed_out());
  window.set_slots(2);
  window.set_goal(2);
  for (int i = 0; i < 2; ++i) CHECK(window.take()->first == i);
  window.deliver(1);
  CHECK(window.handed_out());
  window.set_slots(2);
  CHECK(!window.handed_out());
  for (int i = 0; i < 2; ++i) window.deliver(window.take()->first);
  CHECK(consumed == std::vector<int64_t>{0, 1});
}

}  // namespace
}  // namespace smoothgrad
