// One thread's state of a network: a single arena that holds values, gradients and what layers save in between.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/network/network.h"

namespace smoothgrad {

class Workspace {
 public:
  // batch: images that go through together (they share one read of the weights).
  explicit Workspace(std::shared_ptr<const Network> network, int batch = 1);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  const Network& network() const { return *network_; }
  int batch() const { return batch_; }  // the most images
  void set_images(int images);          // of the next passes, batch() or fewer; at first batch()
  size_t arena_bytes() const;

  std::span<float> input();  // [images, H, W, C]: fill before forward(), which may overwrite it

  std::span<const float> forward();  // returns the logits, [images, classes], valid until backward() or the next forward()

  // The gradient of sum_c seed[c] * logits[c] with respect to the input, [images, H, W, C], by the rule; once after each
  // forward(). seed: [images, classes].
  std::span<const float> backward(std::span<const float> seed, Rule rule);

  // The same one step at a time, for profiles: forward from the first, set_seed(), backward from the last.
  void forward_step(size_t step);
  void set_seed(std::span<const float> seed);
  void backward_step(size_t step, Rule rule);

  // Copies of the output of one step and of its gradient, [images, H, W, C], taken by each forward() and backward() from now
  // on.
  void keep(int step);
  std::span<const float> kept_output() const;
  std::span<const float> kept_gradient() const;

 private:
  struct Plan;
  std::shared_ptr<const Network> network_;
  int batch_, images_;
  std::unique_ptr<Plan> plan_;
};

}  // namespace smoothgrad
