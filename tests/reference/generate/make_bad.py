"""Makes tests/reference/bad: models that must be refused. What each must be told is in tests/core/bad_models_test.cpp."""

import pathlib

import numpy
from onnx import TensorProto, helper, numpy_helper

BAD = pathlib.Path(__file__).resolve().parent.parent / 'bad'
IMAGE = [1, 3, 7, 5]


def weights(*shape, dtype=numpy.float32):
    return (numpy.arange(numpy.prod(shape), dtype=numpy.int64) % 7 - 3).reshape(shape).astype(dtype)


def node(op, inputs, output, name=None, **attributes):
    return helper.make_node(op, inputs, [output] if isinstance(output, str) else output, name or f'the_{op.lower()}', **attributes)


def model(nodes, constants=None, shape=IMAGE, inputs=None, result='y', opset=17, protos=()):
    """constants: {name: array}; inputs: {name: shape} in place of one image."""
    ports = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in (inputs or {'x': shape}).items()]
    results = [helper.make_tensor_value_info(result, TensorProto.FLOAT, None)] if result else []
    initialisers = [numpy_helper.from_array(array, name) for name, array in (constants or {}).items()]
    graph = helper.make_graph(nodes, 'bad', ports, results, [*initialisers, *protos])
    opsets = [helper.make_opsetid('', opset)] if opset else []
    proto = helper.make_model(graph, producer_name='smoothgrad-tests', ir_version=8, opset_imports=opsets or None)
    if not opset:
        del proto.opset_import[:]
    return proto.SerializeToString(deterministic=True)


def one(op, *arrays, result='y', shape=IMAGE, opset=17, inputs=None, reads=('x',), outputs='y', **attributes):
    """One node on x and constants."""
    constants = {f'c{i}': array for i, array in enumerate(arrays)}
    return model([node(op, [*reads, *constants], outputs, **attributes)], constants, shape, inputs, result, opset)


def conv(weight, **attributes):
    return one('Conv', weight, **attributes)


def resize(scales, **attributes):
    nodes = [node('Resize', ['x', '', 's'], 'y', **attributes)]
    return model(nodes, {'s': numpy.array(scales, numpy.float32)}, opset=18)


def lying_tensor():
    """An initialiser whose shape wants more elements than it has."""
    tensor = numpy_helper.from_array(weights(4, 3, 1, 1), 'w')
    tensor.dims[0] = 400
    return model([node('Conv', ['x', 'w'], 'y')], protos=[tensor])


def external_tensor():
    tensor = numpy_helper.from_array(weights(4, 3, 1, 1), 'w')
    tensor.ClearField('raw_data')
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key='location', value='weights.bin')
    return model([node('Conv', ['x', 'w'], 'y')], protos=[tensor])


def text_tensor():
    tensor = helper.make_tensor('w', TensorProto.STRING, [2], [b'a', b'b'])
    return model([node('Conv', ['x', 'w'], 'y')], protos=[tensor])


def tokens(op, *arrays, dims=(1, 7, 15), opset=17, outputs='y', reads=('t',), result='y', **attributes):
    """One node on the image as [1, 7, 15], or as other dims, and constants."""
    constants = {'dims': numpy.array(dims), **{f'c{i}': array for i, array in enumerate(arrays)}}
    nodes = [node('Reshape', ['x', 'dims'], 't', 'before'), node(op, [*reads, *(c for c in constants if c != 'dims')], outputs, **attributes)]
    return model(nodes, constants, opset=opset, result=result)


def einsum(equation, *arrays, dims=(1, 7, 15), reads=('t',)):
    return tokens('Einsum', *arrays, dims=dims, reads=reads, equation=equation)


def attention(*extra, dims=(1, 3, 7, 5), reads=('t', 't', 't'), **options):
    """Attention of opset 23 of a value with itself, [1, heads, tokens, channels]."""
    return tokens('Attention', *extra, dims=dims, reads=reads, opset=23, **options)


def grid(*shape, opset=16, **attributes):
    return one('GridSample', weights(*shape), opset=opset, **attributes)


W = weights(4, 3, 3, 3)

MODELS = {
    'empty': b'',
    'text': b'<!doctype html><title>404</title>',
    'picture': b'\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR' + bytes(64),
    'no_opset': one('Relu', opset=0),
    'no_output': one('Relu', result=None),
    'output_of_nothing': one('Relu', result='z'),
    'output_is_image': conv(W),
    'output_is_input': model([node('Identity', ['x'], 'y')], shape=[1, 8]),
    'output_without_input': model([node('Relu', ['c'], 'y')], {'c': weights(1, 8)}),
    'two_inputs': model([node('Add', ['x', 'z'], 'y')], inputs={'x': IMAGE, 'z': IMAGE}),
    'open_size': one('GlobalAveragePool', shape=[1, 3, 'height', 'width']),
    'huge_input': one('GlobalAveragePool', shape=[1, 3, 16000, 16000]),
    'three_dimensions': one('Relu', shape=[1, 3, 7]),
    'unknown_operator': model([node('LSTM', ['x', 'w', 'r'], 'y', name='recurrent')], {'w': W, 'r': W}),
    'conv_transpose_channels': one('ConvTranspose', weights(4, 3, 3, 3)),
    'conv_transpose_output_padding': one('ConvTranspose', weights(3, 4, 3, 3), output_padding=[1, 0]),
    'conv_transpose_output_shape': one('ConvTranspose', weights(3, 4, 3, 3), output_shape=[100, 100]),
    'conv_transpose_auto_pad': one('ConvTranspose', weights(3, 4, 3, 3), auto_pad='SAME'),
    'conv_transpose_pads': one('ConvTranspose', weights(3, 4, 1, 1), pads=[4, 0, 4, 0]),
    'cycle': model([node('Add', ['x', 'b'], 'a', 'first'), node('Relu', ['a'], 'b', 'second'), node('Flatten', ['b'], 'y')]),
    'missing_initialiser': model([node('Conv', ['x', 'kernel'], 'y')]),
    'missing_input': model([node('Relu', [], 'y')]),
    'lying_tensor': lying_tensor(),
    'external_tensor': external_tensor(),
    'text_tensor': text_tensor(),
    'conv_channels': conv(weights(4, 5, 3, 3)),
    'conv_groups': conv(weights(4, 1, 3, 3), group=2),
    'conv_no_groups': conv(W, group=0),
    'conv_integers': conv(weights(4, 3, 3, 3, dtype=numpy.int32)),
    'conv_bias': one('Conv', W, weights(5)),
    'conv_three_dimensions': conv(weights(4, 3, 3)),
    'conv_stride_zero': conv(W, strides=[0, 1]),
    'conv_negative_pads': conv(W, pads=[-1, 0, 0, 0]),
    'conv_kernel_shape': conv(W, kernel_shape=[5, 5]),
    'conv_too_large': conv(weights(4, 3, 9, 3)),
    'conv_auto_pad': conv(W, auto_pad='SAME'),
    'conv_computed_weights': model([node('Relu', ['x'], 'w', 'before'), node('Conv', ['x', 'w'], 'y')]),
    'pool_in_padding': one('MaxPool', kernel_shape=[2, 2], pads=[3, 0, 0, 0]),
    'pool_one_dimension': one('AveragePool', kernel_shape=[2]),
    'pad_huge': one('Pad', numpy.array([0, 0, 60000, 60000, 0, 0, 60000, 60000])),
    'pad_mode': one('Pad', numpy.array([0, 0, 1, 1, 0, 0, 1, 1]), mode='symmetric'),
    'pad_reflect_far': one('Pad', numpy.array([0, 0, 0, 5, 0, 0, 0, 0]), mode='reflect'),
    'pad_reflect_cropping': one('Pad', numpy.array([0, 0, 0, -1, 0, 0, 0, 0]), mode='reflect'),
    'pad_count': one('Pad', numpy.array([1, 1, 1, 1])),
    'pad_to_nothing': one('Pad', numpy.array([0, 0, -7, 0, 0, 0, 0, 0])),
    'pad_computed': model([node('Relu', ['x'], 'p', 'before'), node('Pad', ['x', 'p'], 'y')]),
    'add_shapes': one('Add', weights(1, 3, 7, 4)),
    'add_empty': one('Add', weights(1, 3, 1, 0), shape=[1, 3, 1, 1]),
    'add_integers': one('Add', weights(1, 3, 7, 5, dtype=numpy.int64)),
    'concat_shapes': model([node('GlobalAveragePool', ['x'], 'p', 'before'), node('Concat', ['x', 'p'], 'y', axis=1)]),
    'batch_norm_channels': one('BatchNormalization', weights(4), weights(4), weights(4), weights(4)),
    'batch_norm_training': one('BatchNormalization', weights(3), weights(3), weights(3), weights(3), training_mode=1),
    'clip_upside_down': one('Clip', numpy.float32(6), numpy.float32(0)),
    'prelu_slopes': one('PRelu', weights(7, 2)),
    'prelu_slopes_batch': one('PRelu', weights(2, 3, 1, 1)),
    'gemm_inputs': one('Gemm', weights(10, 8), shape=[1, 9]),
    'gemm_integers': one('Gemm', weights(9, 8, dtype=numpy.int64), shape=[1, 9]),
    'gemm_image': one('Gemm', weights(3, 8)),
    'gemm_bias': one('Gemm', weights(9, 8), weights(7), shape=[1, 9]),
    'gemm_trans_a': one('Gemm', weights(9, 8), shape=[1, 9], transA=1),
    'reduce_axis': one('ReduceL2', axes=[4]),
    'reduce_axis_twice': one('ReduceMin', axes=[1, -3]),
    'reduce_norm_of_nothing': one('ReduceL1', noop_with_empty_axes=1, opset=18),
    'reduce_computed_axes': model([node('Relu', ['x'], 'a', 'before'), node('ReduceSum', ['x', 'a'], 'y')]),
    'reshape_size': one('Reshape', numpy.array([1, 100])),
    'reshape_overflow': one('Reshape', numpy.array([1 << 40, 1 << 40])),
    'log_softmax_axis': one('LogSoftmax', axis=-5),
    'unknown_attribute': one('Relu', shape=[1, 9], negative_slope=0.5),
    'broadcast_attribute': one('Add', weights(3), axis=1, broadcast=1, opset=6),
    'indices_read': model(
        [node('MaxPool', ['x'], ['p', 'i'], kernel_shape=[2, 2]), node('Add', ['p', 'i'], 's', 'after'), node('Flatten', ['s'], 'y')]
    ),
    'batch_norm_spatial': one('BatchNormalization', weights(3), weights(3), weights(3), weights(3), spatial=0, opset=8),
    'batch_norm_five_outputs': one(
        'BatchNormalization', weights(3), weights(3), weights(3), weights(3), outputs=['y', 'm', 'v', 'n', 'w'], opset=9
    ),
    'batch_norm_opset_6': one('BatchNormalization', weights(3), weights(3), weights(3), weights(3), opset=6),
    'dropout_training': one('Dropout', numpy.float32(0.5), numpy.array(True), shape=[1, 9]),
    'dropout_opset_6': one('Dropout', shape=[1, 9], opset=6),
    'cast_to_text': one('Cast', to=TensorProto.STRING),
    'cast_to_float8': one('Cast', to=TensorProto.FLOAT8E4M3FN),
    'cast_to_integers': one('Cast', to=TensorProto.INT64),
    'gemm_bias_column': one('Gemm', weights(9, 8), weights(8, 1), shape=[1, 9]),
    'gelu_approximate': one('Gelu', approximate='sigmoid', opset=20),
    'celu_zero': one('Celu', alpha=0.0),
    'where_computed': model([node('Relu', ['x'], 'c', 'before'), node('Where', ['c', 'x', 'x'], 'y')]),
    'where_shapes': model([node('Where', ['c', 'x', 'x'], 'y')], {'c': weights(2, 1) > 0}),
    'max_nothing': one('Max', inputs={'x': IMAGE}, reads=[]),
    'lrn_size': one('LRN', size=0),
    'lp_normalization_p': one('LpNormalization', p=3),
    'global_lp_pool_p': one('GlobalLpPool', p=0),
    'global_pool_vector': one('GlobalAveragePool', shape=[1, 9]),
    'instance_norm_channels': one('InstanceNormalization', weights(4), weights(3)),
    'slice_step_zero': one('Slice', numpy.array([0]), numpy.array([1]), numpy.array([1]), numpy.array([0])),
    'slice_to_nothing': one('Slice', numpy.array([3]), numpy.array([9]), numpy.array([1])),
    'slice_lists': one('Slice', numpy.array([0, 0]), numpy.array([1]), numpy.array([1])),
    'split_sizes': model([node('Split', ['x', 's'], ['y', 'z'], axis=1)], {'s': numpy.array([1, 1])}),
    'split_unequal': model([node('Split', ['x'], ['y', 'z'], axis=1)]),
    'split_count': model([node('Split', ['x'], ['y', 'z'], axis=1, num_outputs=3)], opset=18),
    'depth_to_space_channels': one('DepthToSpace', blocksize=2),
    'depth_to_space_mode': one('DepthToSpace', blocksize=1, mode='RCD'),
    'space_to_depth_size': one('SpaceToDepth', blocksize=2),
    'transpose_perm': one('Transpose', perm=[0, 1, 1, 3]),
    'squeeze_pixels': one('Squeeze', numpy.array([2, 3])),
    'conv_vector': one('Conv', W, shape=[1, 3]),
    'pool_vector': one('MaxPool', kernel_shape=[1, 1], shape=[1, 3]),
    'lp_pool_p': one('LpPool', kernel_shape=[2, 2], p=0),
    'lp_pool_one_dimension': one('LpPool', kernel_shape=[2]),
    'resize_aspect': resize([1, 1, 2, 2], keep_aspect_ratio_policy='not_larger'),
    'resize_crop': resize([1, 1, 2, 2], coordinate_transformation_mode='tf_crop_and_resize'),
    'resize_mode': resize([1, 1, 2, 2], mode='area'),
    'resize_nearest_mode': resize([1, 1, 2, 2], nearest_mode='round'),
    'resize_corners': resize([1, 1, 1.5, 2], coordinate_transformation_mode='align_corners'),
    'resize_count': resize([2, 2]),
    'resize_to_nothing': resize([1, 1, 0.1, 2]),
    'resize_no_scales': model([node('Resize', ['x'], 'y')]),
    'reshape_allow_zero': one('Reshape', numpy.array([0, 105]), allowzero=1),
    'output_is_tokens': tokens('Relu'),
    'reshape_count': one('Reshape', numpy.array([1, 7, 16])),
    'reshape_negative': one('Reshape', numpy.array([1, -2, 5])),
    'reshape_zero_beyond': one('Reshape', numpy.array([1, 3, 7, 5, 0])),
    'reshape_computed': model([node('Relu', ['x'], 's', 'before'), node('Reshape', ['x', 's'], 'y')]),
    'flatten_axis_beyond': one('Flatten', axis=5),
    'unsqueeze_axis': one('Unsqueeze', numpy.array([5])),
    'unsqueeze_axis_twice': one('Unsqueeze', numpy.array([1, -5])),
    'add_tokens_shapes': tokens('Add', weights(7)),
    'prelu_slopes_of_tokens': tokens('PRelu', weights(7)),
    'matmul_inner': tokens('MatMul', weights(7, 4)),
    'matmul_batches': tokens('MatMul', weights(2, 5, 4), dims=(3, 7, 5)),
    'matmul_values_inner': tokens('MatMul', reads=('t', 't')),
    'matmul_number': tokens('MatMul', numpy.float32(2)),
    'gemm_tokens': tokens('Gemm', weights(15, 4)),
    'gemm_bias_of_rows': tokens('Gemm', weights(15, 4), weights(6, 1), dims=(7, 15)),
    'einsum_ellipsis': einsum('...c,cd->...d', weights(15, 4)),
    'einsum_repeated_letter': einsum('bib->i', dims=(1, 105, 1)),
    'einsum_new_letter': einsum('bij->bik'),
    'einsum_operands': einsum('bij,jk->bik'),
    'einsum_rank': einsum('bijk->bij'),
    'einsum_sizes': einsum('bij,ik->bjk', weights(15, 4)),
    'einsum_three_operands': einsum('bij,jk,kl->bil', weights(15, 4), weights(4, 2)),
    'einsum_no_letters': einsum('b1j->bj'),
    'layer_norm_scale': tokens('LayerNormalization', weights(7)),
    'layer_norm_bias': tokens('LayerNormalization', weights(15), weights(7)),
    'layer_norm_statistics': tokens('LayerNormalization', weights(15), outputs=['z', 'y']),
    'layer_norm_computed_scale': tokens('LayerNormalization', reads=('t', 't')),
    'group_norm_groups': one('GroupNormalization', weights(3), weights(3), num_groups=2, opset=21),
    'group_norm_scale': one('GroupNormalization', weights(1), weights(1), num_groups=1, opset=21),
    'group_norm_scale_opset_18': one('GroupNormalization', weights(3), weights(3), num_groups=1, opset=18),
    'rms_norm_scale': tokens('RMSNormalization', weights(7), opset=23),
    'instance_norm_vector': one('InstanceNormalization', weights(9), weights(9), shape=[1, 9]),
    'batch_norm_tokens': tokens('BatchNormalization', weights(15), weights(15), weights(15), weights(15)),
    'softmax_tokens_axis': tokens('Softmax', axis=3),
    'slice_axis_twice': tokens('Slice', numpy.array([0, 0]), numpy.array([1, 1]), numpy.array([1, -2])),
    'split_tokens_sizes': tokens('Split', numpy.array([3, 3]), outputs=['y', 'z'], axis=1),
    'gather_index': tokens('Gather', numpy.array([0, 7]), axis=1),
    'gather_axis': tokens('Gather', numpy.array([0]), axis=3),
    'gather_floats': tokens('Gather', numpy.array([0], numpy.float32), axis=1),
    'gather_computed': tokens('Gather', reads=('t', 't'), axis=1),
    'gather_elements_size': tokens('GatherElements', numpy.zeros((1, 7, 16), numpy.int64), axis=1),
    'gather_nd_depth': tokens('GatherND', numpy.zeros((2, 4), numpy.int64)),
    'gather_nd_index': tokens('GatherND', numpy.array([[0, 7]])),
    'expand_shape': tokens('Expand', numpy.array([1, 7, 30])),
    'expand_computed': tokens('Expand', reads=('t', 't')),
    'tile_count': tokens('Tile', numpy.array([1, 2])),
    'tile_huge': tokens('Tile', numpy.array([1, 1 << 40, 1])),
    'concat_ranks': tokens('Concat', weights(1, 7), axis=1),
    'pad_tokens_axis': tokens('Pad', numpy.array([1, 1]), numpy.float32(0), numpy.array([3]), opset=18),
    'attention_heads': attention(dims=(1, 7, 15), q_num_heads=4, kv_num_heads=4),
    'attention_groups': attention(weights(1, 2, 7, 5), weights(1, 2, 7, 5), reads=('t',)),
    'attention_widths': attention(weights(1, 3, 7, 4), weights(1, 3, 7, 5), reads=('t',)),
    'attention_mask': attention(weights(7, 6)),
    'attention_hidden': attention(numpy.tri(7, 7, -1, bool)),
    'attention_precision': attention(softmax_precision=10),
    'attention_past': attention(weights(7, 9), weights(1, 3, 2, 5), weights(1, 3, 2, 5), outputs=['y', 'k', 'v']),
    'attention_scores_read': attention(outputs=['z', '', '', 'y']),
    'conv_image_on_signal': tokens('Conv', weights(4, 7, 3, 3)),
    'conv_1d_pads': tokens('Conv', weights(4, 7, 3), pads=[1, 1, 1, 1]),
    'conv_volume': tokens('Conv', weights(4, 3, 1, 1, 1), dims=(1, 3, 7, 5, 1)),
    'pool_1d_kernel': tokens('MaxPool', kernel_shape=[2, 2]),
    'pool_volume': tokens('AveragePool', kernel_shape=[1, 2, 2], dims=(1, 3, 1, 7, 5)),
    'resize_volume': model(
        [node('Reshape', ['x', 'd'], 't', 'before'), node('Resize', ['t', '', 's'], 'y', mode='linear')],
        {'d': numpy.array([1, 1, 3, 7, 5]), 's': numpy.array([1, 1, 2, 2, 2], numpy.float32)},
    ),
    'grid_sample_mode': grid(1, 3, 5, 2, mode='area'),
    'grid_sample_padding': grid(1, 3, 5, 2, padding_mode='wrap'),
    'grid_sample_points': grid(1, 3, 5, 3),
    'grid_sample_batch': grid(2, 3, 5, 2),
    'grid_sample_computed': one('GridSample', reads=('x', 'x'), shape=[1, 3, 7, 2], opset=16),
    'constant_text': model([node('Constant', [], 'c', value_string='six'), node('Add', ['x', 'c'], 'y')]),
}

BAD.mkdir(exist_ok=True)
for name, data in MODELS.items():
    BAD.joinpath(f'{name}.onnx').write_bytes(data)
print(f'{len(MODELS)} models')
