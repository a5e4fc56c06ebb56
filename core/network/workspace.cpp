#include "core/network/workspace.h"

#include <algorithm>
#include <optional>

#include "core/network/arena.h"

namespace smoothgrad {

// Step i of n runs forward at time i and backward at time 2n - i; the logits are read, and their gradient is set, at time n.
struct Workspace::Plan {
  struct Aligned {
    alignas(64) std::byte bytes[64];
  };
  struct Call {  // of one step, with everything resolved to addresses
    std::vector<const float*> inputs;
    std::vector<float*> grad_inputs;
    struct Sum {
      const float* from;
      float* to;
      size_t size;  // of one image
    };
    std::vector<Sum> sums;  // gradients of values that later steps read too
    float* output;
    float* grad_output;
    std::byte* saved;
    std::byte* scratch_forward;
    std::byte* scratch_backward;
  };

  std::vector<Aligned> arena;
  std::vector<Call> calls;
  float* input = nullptr;
  float* logits = nullptr;
  float* grad_logits = nullptr;
  float* grad_input = nullptr;
  size_t input_size = 0;  // of one image
  std::optional<size_t> kept_step;
  std::vector<float> kept_output, kept_gradient;

  Plan(const Network& network, int batch);
};

Workspace::Plan::Plan(const Network& network, int batch) {
  const auto steps = network.steps();
  const int n = static_cast<int>(steps.size());
  const auto values = static_cast<size_t>(n) + 1;
  const auto floats_of = [&](size_t id) {
    const Shape shape = id == 0 ? network.input_shape() : steps[id - 1].layer->output();
    return static_cast<size_t>(batch) * shape.size();
  };
  // First and last step that reads each value; the logits are read by the caller.
  std::vector<int> last_reader(values, 0);
  for (int i = 0; i < n; ++i) {
    for (int id : steps[static_cast<size_t>(i)].inputs) last_reader[static_cast<size_t>(id)] = i;
  }
  last_reader[values - 1] = n;

  ArenaPlan plan;
  struct StepBuffers {
    int saved, scratch_forward, scratch_backward;
    std::vector<int> extra;  // for gradients that are added to what a later step left, -1 elsewhere
  };
  std::vector<int> value_buffer(values), grad_buffer(values);
  std::vector<StepBuffers> step_buffers(static_cast<size_t>(n));
  for (size_t id = 0; id < values; ++id) {
    const size_t bytes = floats_of(id) * sizeof(float);
    const int maker = static_cast<int>(id) - 1;
    value_buffer[id] = plan.add(bytes, maker, last_reader[id]);
    grad_buffer[id] = plan.add(bytes, 2 * n - last_reader[id], id == 0 ? 2 * n + 1 : 2 * n - maker);
  }
  for (int i = 0; i < n; ++i) {
    const Network::Step& step = steps[static_cast<size_t>(i)];
    StepBuffers& buffers = step_buffers[static_cast<size_t>(i)];
    buffers.saved = plan.add(step.layer->saved_bytes(batch), i, 2 * n - i);
    buffers.scratch_forward = plan.add(step.layer->scratch_bytes(batch), i, i);
    buffers.scratch_backward = plan.add(step.layer->scratch_bytes(batch), 2 * n - i, 2 * n - i);
    for (size_t k = 0; k < step.inputs.size(); ++k) {
      const size_t id = static_cast<size_t>(step.inputs[k]);
      const bool again = std::find(step.inputs.begin(), step.inputs.begin() + static_cast<ptrdiff_t>(k), step.inputs[k]) !=
                         step.inputs.begin() + static_cast<ptrdiff_t>(k);
      const bool first_to_write = last_reader[id] == i && !again;
      buffers.extra.push_back(first_to_write ? -1 : plan.add(floats_of(id) * sizeof(float), 2 * n - i, 2 * n - i));
    }
  }
  plan.place();

  arena.resize(plan.size() / sizeof(Aligned) + 1);
  std::byte* const base = arena[0].bytes;
  const auto bytes_at = [&](int buffer) { return base + plan.offset(buffer); };
  const auto floats_at = [&](int buffer) { return reinterpret_cast<float*>(bytes_at(buffer)); };
  for (size_t i = 0; i < static_cast<size_t>(n); ++i) {
    Call call;
    for (size_t k = 0; k < steps[i].inputs.size(); ++k) {
      const size_t id = static_cast<size_t>(steps[i].inputs[k]);
      call.inputs.push_back(floats_at(value_buffer[id]));
      float* const whole = floats_at(grad_buffer[id]);
      const int extra = step_buffers[i].extra[k];
      call.grad_inputs.push_back(extra < 0 ? whole : floats_at(extra));
      if (extra >= 0) call.sums.push_back({floats_at(extra), whole, floats_of(id) / static_cast<size_t>(batch)});
    }
    call.output = floats_at(value_buffer[i + 1]);
    call.grad_output = floats_at(grad_buffer[i + 1]);
    call.saved = bytes_at(step_buffers[i].saved);
    call.scratch_forward = bytes_at(step_buffers[i].scratch_forward);
    call.scratch_backward = bytes_at(step_buffers[i].scratch_backward);
    calls.push_back(std::move(call));
  }
  input = floats_at(value_buffer[0]);
  grad_input = floats_at(grad_buffer[0]);
  logits = floats_at(value_buffer[values - 1]);
  grad_logits = floats_at(grad_buffer[values - 1]);
  input_size = network.input_shape().size();
}

Workspace::Workspace(std::shared_ptr<const Network> network, int batch)
    : network_(std::move(network)), batch_(batch), images_(batch), plan_(std::make_unique<Plan>(*network_, batch)) {}

Workspace::~Workspace() = default;

size_t Workspace::arena_bytes() const { return plan_->arena.size() * sizeof(Plan::Aligned); }

void Workspace::set_images(int images) { images_ = images; }

std::span<float> Workspace::input() { return {plan_->input, static_cast<size_t>(images_) * plan_->input_size}; }

std::span<const float> Workspace::forward() {
  for (size_t i = 0; i < plan_->calls.size(); ++i) forward_step(i);
  return {plan_->logits, static_cast<size_t>(images_) * static_cast<size_t>(network_->classes())};
}

std::span<const float> Workspace::backward(std::span<const float> seed, Rule rule) {
  set_seed(seed);
  for (size_t i = plan_->calls.size(); i-- > 0;) backward_step(i, rule);
  return {plan_->grad_input, static_cast<size_t>(images_) * plan_->input_size};
}

void Workspace::forward_step(size_t step) {
  const Plan::Call& call = plan_->calls[step];
  network_->steps()[step].layer->forward({images_, call.inputs, call.output, call.saved, call.scratch_forward});
  if (plan_->kept_step == step) std::copy_n(call.output, plan_->kept_output.size(), plan_->kept_output.data());
}

void Workspace::set_seed(std::span<const float> seed) { std::ranges::copy(seed, plan_->grad_logits); }

void Workspace::backward_step(size_t step, Rule rule) {
  const Plan::Call& call = plan_->calls[step];
  if (plan_->kept_step == step) std::copy_n(call.grad_output, plan_->kept_gradient.size(), plan_->kept_gradient.data());
  network_->steps()[step].layer->backward(
      {images_, rule, call.grad_output, call.grad_inputs, call.saved, call.scratch_backward});
  for (const Plan::Call::Sum& sum : call.sums) {
    for (size_t k = 0; k < static_cast<size_t>(images_) * sum.size; ++k) sum.to[k] += sum.from[k];
  }
}

void Workspace::keep(int step) {
  plan_->kept_step = static_cast<size_t>(step);
  const size_t size = static_cast<size_t>(batch_) * network_->steps()[static_cast<size_t>(step)].layer->output().size();
  plan_->kept_output.resize(size);
  plan_->kept_gradient.resize(size);
}

std::span<const float> Workspace::kept_output() const { return plan_->kept_output; }

std::span<const float> Workspace::kept_gradient() const { return plan_->kept_gradient; }

}  // namespace smoothgrad
