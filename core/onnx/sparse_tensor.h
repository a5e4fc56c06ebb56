// SparseTensorProto of onnx.proto -> Constant: zeros but for the values that the file has, each with its place.
#pragma once

#include "core/onnx/tensor_proto.h"

namespace smoothgrad {

// Its name is that of its values.
NamedConstant parse_sparse_tensor(protozero::pbf_reader reader, TensorSources& sources);

}  // namespace smoothgrad
