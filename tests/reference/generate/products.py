"""Cases of products of matrices: MatMul, Gemm and Einsum of values and constants of any rank."""

import torch

from steps import (
    binary,
    case,
    channels_last,
    flatten,
    patches,
    pointwise,
    reshape,
    row,
    signal,
    squeeze,
    straight,
    tokens,
    transpose,
    volume,
)


def product(left, right, **options):
    """MatMul of two operands, each a function of (pair, x) or the shape of a constant."""

    def build(pair, x):
        operands = [pair.weights(1, *made)[0] if isinstance(made, tuple) else made(pair, x) for made in (left, right)]
        return row(pair, binary(pair, 'MatMul', *operands))

    return case(build, **options)


def then(base, *moves):
    """base and then reshapes (lists) and transposes (tuples)."""

    def build(pair, x):
        y = base(pair, x)
        for move in moves:
            y = reshape(pair, y, *move) if isinstance(move, list) else transpose(pair, y, *move)
        return y

    return build


def made(channels):
    return lambda pair, x: pointwise(pair, x, channels)


def mean(*axes, base=tokens):
    return lambda pair, x: pair.node('ReduceMean', [base(pair, x)], lambda v: v.mean(axes), axes=axes, keepdims=0)


def similarities(pair, x):
    """A value times its own transpose."""
    y = tokens(pair, x)
    return binary(pair, 'MatMul', transpose(pair, y, 0, 2, 1), y)


def square(pair, x):
    """[1, 5, 5] times itself."""
    y = binary(pair, 'MatMul', signal(pair, x, 5), pair.weights(5, 24).T.copy())
    return binary(pair, 'MatMul', y, y)


def gemm(left, right, bias=None, alpha=1.0, beta=1.0, **trans):
    """Operands and bias: functions of (pair, x) or shapes of constants."""

    def build(pair, x):
        operands = [pair.weights(1, *made)[0] if isinstance(made, tuple) else made(pair, x) for made in (left, right, bias) if made]

        def function(a, b, c=0.0):
            a, b = (v.T if trans.get(name) else v for v, name in ((a, 'transA'), (b, 'transB')))
            return alpha * a @ b + beta * c

        attributes = {**({} if alpha == 1 else {'alpha': alpha}), **({} if beta == 1 else {'beta': beta}), **trans}
        return row(pair, pair.node('Gemm', operands, function, **attributes))

    return case(build)


def einsum(equation, *operands, written=None):
    """written: the equation as it is in the file, where that is not PyTorch's way."""

    def build(pair, x):
        inputs = [pair.weights(1, *made)[0] if isinstance(made, tuple) else made(pair, x) for made in operands]
        return row(pair, pair.node('Einsum', inputs, lambda *v: torch.einsum(equation, *v), equation=written or equation))

    return case(build)


def matrix(rows, columns):
    """A value of rank 2."""
    return lambda pair, x: reshape(pair, pointwise(pair, x, 5), rows, columns)


def queries(count):
    """[1, 2, count, 4] of 6 tokens of 8 channels."""

    def build(pair, x):
        y = patches(pair, x, 8 * count // 6, 6)
        return transpose(pair, reshape(pair, y, 1, count, 2, 4), 0, 2, 1, 3)

    return build


def scores(pair, x):
    """[1, 2, 6, 3]"""
    return binary(pair, 'MatMul', queries(6)(pair, x), pair.weights(3, 4).T.copy())


def transposed(base, *perm):
    return then(base, perm)


def vector(pair, x):
    """[5]"""
    return squeeze(pair, mean(1)(pair, x))


def flat(pair, x):
    return flatten(pair, x)


CASES = {
    'matmul_tokens': product(tokens, (5, 7)),
    'matmul_tokens_in_file_order': product(straight, (5, 7)),
    'matmul_rows_of_image': product(made(3), (6, 7)),
    'matmul_channels_last': product(channels_last, (3, 7)),
    'matmul_rank_5': product(volume, (6, 2)),
    'matmul_matrix_left': product((7, 24), tokens),
    'matmul_matrix_left_of_image': product((7, 4), made(3)),
    'matmul_constant_of_rank_3': product(made(3), (3, 6, 2)),
    'matmul_constant_of_rank_4': product(made(3), (1, 3, 6, 2)),
    'matmul_constant_of_rank_3_left': product((3, 2, 4), made(3)),
    'matmul_constant_spreads_value': product(tokens, (3, 5, 2)),
    'matmul_constant_raises_rank': product(tokens, (2, 1, 5, 2)),
    'matmul_constant_left_spreads_value': product((3, 2, 24), tokens),
    'matmul_constant_batch_of_one': product(tokens, (1, 5, 7)),
    'matmul_values_of_rank_2': product(matrix(6, 20), matrix(20, 6)),
    'matmul_values_of_rank_3': product(transposed(straight, 0, 2, 1), tokens),
    'matmul_values_of_rank_4': product(made(3), transposed(made(3), 0, 1, 3, 2)),
    'matmul_values_channels_last': product(channels_last, transposed(made(3), 0, 2, 1, 3)),
    'matmul_itself_transposed': case(similarities),
    'matmul_itself': case(square),
    'matmul_value_spreads_left': product(then(made(1), [1, 4, 6]), transposed(made(3), 0, 1, 3, 2)),
    'matmul_value_spreads_right': product(made(3), transposed(made(1), 0, 1, 3, 2)),
    'matmul_value_of_rank_2_right': product(volume, then(made(1), [6, 4])),
    'matmul_values_spread_each_other': product(then(made(3), [1, 3, 1, 4, 6]), then(made(2), [1, 1, 2, 6, 4])),
    'matmul_vector_right': product(tokens, (5,), fuse=False),
    'matmul_vector_left': product((24,), tokens),
    'matmul_vector_right_of_image': product(made(3), (6,)),
    'matmul_value_of_rank_1_right': product(tokens, vector, fuse=False),
    'matmul_value_of_rank_1_left': product(vector, transposed(tokens, 0, 2, 1)),
    'matmul_value_of_rank_1_by_matrix': product(vector, (5, 7)),
    'matmul_matrix_by_value_of_rank_1': product((7, 5), vector),
    'matmul_rank_1_values': product(vector, vector),
    'gemm_values': gemm(matrix(6, 20), matrix(20, 6)),
    'gemm_values_trans_a': gemm(matrix(20, 6), matrix(20, 6), transA=1),
    'gemm_values_trans_b': gemm(matrix(6, 20), matrix(6, 20), transB=1, alpha=0.5),
    'gemm_values_both_transposed': gemm(matrix(20, 6), matrix(6, 20), transA=1, transB=1, alpha=-1.5, bias=(6,), beta=0.5),
    'gemm_trans_a': gemm(matrix(20, 6), (20, 3), transA=1, bias=(3,)),
    'gemm_rows_bias_column': gemm(matrix(6, 20), (3, 20), bias=(6, 1), transB=1),
    'gemm_rows_bias_matrix': gemm(matrix(6, 20), (20, 3), bias=(6, 3), beta=2.0),
    'gemm_constant_first': gemm((3, 20), matrix(20, 6)),
    'gemm_constant_first_trans_b': gemm((20, 3), matrix(6, 20), transA=1, transB=1, bias=(6,)),
    'gemm_bias_value': gemm(flat, (72, 5), bias=mean(1), beta=0.25),
    'gemm_bias_value_of_rank_1': gemm(matrix(24, 5), (5, 5), bias=vector),
    'einsum_queries_by_keys': einsum('bhid,bhjd->bhij', queries(6), queries(3)),
    'einsum_scores_by_values': einsum('bhij,bhjd->bhid', scores, queries(3)),
    'einsum_linear': einsum('bnc,cd->bnd', tokens, (5, 7)),
    'einsum_linear_of_channels': einsum('bchw,co->bohw', made(3), (3, 5)),
    'einsum_graph': einsum('nctw,cd->ndtw', made(3), (3, 2)),
    'einsum_matrices': einsum('ij,jk->ik', matrix(6, 20), (20, 3)),
    'einsum_matrices_of_values': einsum('ij,jk->ik', matrix(6, 20), matrix(20, 6)),
    'einsum_transpose': einsum('bij->bji', tokens),
    'einsum_sum': einsum('bij->bi', tokens),
    'einsum_dot': einsum('bi,bi->b', flat, lambda p, x: flatten(p, p.node('Tanh', [pointwise(p, x, 3)], torch.tanh))),
    'einsum_times_and_sum': einsum('bnc,bnc->bn', tokens, straight),
    'einsum_outer': einsum('bi,bj->bij', mean(1), mean(2)),
    'einsum_spreads': einsum('bnc,c->bnc', tokens, (5,)),
    'einsum_two_letters': einsum('nkctv,kvw->nctw', volume, (2, 6, 5)),
    'einsum_relative_positions': einsum('bhwc,hkc->bhwk', channels_last, (4, 5, 3)),
    'einsum_implicit': einsum('bij,bjk->bik', transposed(straight, 0, 2, 1), tokens, written='bij,bjk'),
    'einsum_with_spaces': einsum('bnc,bnd->bcd', tokens, straight, written='b n c, b n d -> b c d'),
    'einsum_summed_letters': einsum('bnc,bmd->bcd', tokens, straight),
}
