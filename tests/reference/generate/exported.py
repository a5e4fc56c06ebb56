"""Tiny whole networks of the families that are brought, as PyTorch's exporters write them: by TorchScript, and by dynamo."""

import copy
import io

import onnx
import torch
import torch.nn.functional as F
from torch import nn

from network_pair import write_folder

CLASSES = 4


class Mlp(nn.Sequential):
    def __init__(self, width, hidden):
        super().__init__(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))


class Attention(nn.Module):
    def __init__(self, width, heads, fused=False):
        super().__init__()
        self.heads, self.fused = heads, fused
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x, bias=None, mask=None):
        n, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if self.fused:
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            scores = q * (width // self.heads) ** -0.5 @ k.transpose(-2, -1)
            if bias is not None:
                scores = scores + bias
            if mask is not None:
                windows = mask.shape[0]
                scores = scores.view(n // windows, windows, self.heads, tokens, tokens) + mask[None, :, None]
                scores = scores.view(n, self.heads, tokens, tokens)
            y = scores.softmax(-1) @ v
        return self.proj(y.transpose(1, 2).reshape(n, tokens, width))


class Block(nn.Module):
    def __init__(self, width, heads, **options):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.attention, self.mlp = Attention(width, heads, **options), Mlp(width, 2 * width)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    def __init__(self, width=12, blocks=2, **options):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 2, 2)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, 13, width))
        self.blocks = nn.Sequential(*(Block(width, 3, **options) for _ in range(blocks)))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.expand(x.shape[0], -1, -1), x), 1) + self.positions
        return self.head(self.norm(self.blocks(x))[:, 0])


class Encoder(nn.Module):
    """Of PyTorch's own layers, the tokens' mean at the end."""

    def __init__(self, width=12):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 2, 2)
        self.layer = nn.TransformerEncoderLayer(width, 3, 2 * width, 0.0, 'gelu', batch_first=True, norm_first=True)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, x):
        return self.head(self.layer(self.patches(x).flatten(2).transpose(1, 2)).mean(1))


class SwinBlock(nn.Module):
    """Windows of 2 x 2 on 4 x 6 pixels of [N, H, W, C]."""

    def __init__(self, width, heads, shift):
        super().__init__()
        self.shift = shift
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.mlp = Attention(width, heads), Mlp(width, 2 * width)
        self.table = nn.Parameter(torch.zeros(9, heads))
        places = torch.stack(torch.meshgrid(torch.arange(2), torch.arange(2), indexing='ij')).flatten(1)
        apart = places[:, :, None] - places[:, None] + 1
        self.register_buffer('index', apart[0] * 3 + apart[1])
        regions = torch.zeros(1, 4, 6, 1)
        for k, rows in enumerate((slice(0, -2), slice(-2, -1), slice(-1, None))):
            for m, columns in enumerate((slice(0, -2), slice(-2, -1), slice(-1, None))):
                regions[:, rows, columns] = 3 * k + m
        regions = self.windows(regions)[:, :, 0]
        self.register_buffer('mask', torch.where(regions[:, None] == regions[:, :, None], 0.0, -100.0))

    def windows(self, x):
        n, height, width, channels = x.shape
        return x.view(n, height // 2, 2, width // 2, 2, channels).permute(0, 1, 3, 2, 4, 5).reshape(-1, 4, channels)

    def forward(self, x):
        n, height, width, channels = x.shape
        y = self.norm1(x)
        if self.shift:
            y = torch.roll(y, (-1, -1), (1, 2))
        bias = self.table[self.index.view(-1)].view(4, 4, -1).permute(2, 0, 1).unsqueeze(0)
        y = self.attention(self.windows(y), bias, self.mask if self.shift else None)
        y = y.view(n, height // 2, width // 2, 2, 2, channels).permute(0, 1, 3, 2, 4, 5).reshape(n, height, width, channels)
        if self.shift:
            y = torch.roll(y, (1, 1), (1, 2))
        x = x + y
        return x + self.mlp(self.norm2(x))


class Swin(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.patches, self.norm = nn.Conv2d(3, width, 2, 2), nn.LayerNorm(width)
        self.blocks = nn.Sequential(SwinBlock(width, 2, False), SwinBlock(width, 2, True))
        self.merge_norm, self.merge = nn.LayerNorm(4 * width), nn.Linear(4 * width, 2 * width, bias=False)
        self.head = nn.Linear(2 * width, CLASSES)

    def forward(self, x):
        x = self.blocks(self.norm(self.patches(x).permute(0, 2, 3, 1)))
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        x = self.merge(self.merge_norm(x))
        return self.head(x.permute(0, 3, 1, 2).mean((2, 3)))


class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNextBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(width, width, 5, padding=2, groups=width), nn.LayerNorm(width, eps=1e-6)
        self.mlp, self.scale = Mlp(width, 3 * width), nn.Parameter(torch.zeros(width, 1, 1))

    def forward(self, x):
        y = self.mlp(self.norm(self.conv(x).permute(0, 2, 3, 1))).permute(0, 3, 1, 2)
        return x + self.scale * y


class ConvNext(nn.Sequential):
    def __init__(self):
        super().__init__(
            *(nn.Conv2d(3, 6, 2, 2), LayerNorm2d(6, eps=1e-6), ConvNextBlock(6)),
            *(LayerNorm2d(6, eps=1e-6), nn.Conv2d(6, 10, 2, 2), ConvNextBlock(10)),
            *(nn.AdaptiveAvgPool2d(1), LayerNorm2d(10, eps=1e-6), nn.Flatten(), nn.Linear(10, CLASSES)),
        )


def conv_silu(inputs, outputs, kernel):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.SiLU())


class MobileVit(nn.Module):
    """Pixels at the same place of their 2 x 2 blocks attend to each other."""

    def __init__(self, channels=6, width=12):
        super().__init__()
        self.stem, self.local = nn.Conv2d(3, channels, 2, 2), conv_silu(channels, channels, 3)
        self.widen, self.block, self.norm = nn.Conv2d(channels, width, 1, bias=False), Block(width, 3), nn.LayerNorm(width)
        self.narrow, self.fuse = conv_silu(width, channels, 1), conv_silu(2 * channels, channels, 3)
        self.head = nn.Linear(channels, CLASSES)

    def forward(self, x):
        x = self.stem(x)
        y = self.widen(self.local(x))
        n, channels, height, width = y.shape
        rows, columns = height // 2, width // 2
        y = y.reshape(n * channels * rows, 2, columns, 2).transpose(1, 2)
        y = y.reshape(n, channels, rows * columns, 4).transpose(1, 3).reshape(n * 4, rows * columns, channels)
        y = self.norm(self.block(y))
        y = y.contiguous().view(n, 4, rows * columns, channels).transpose(1, 3)
        y = y.reshape(n * channels * rows, columns, 2, 2).transpose(1, 2).reshape(n, channels, height, width)
        y = self.fuse(torch.cat((x, self.narrow(y)), 1))
        return self.head(y.mean((2, 3)))


class MixerBlock(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.norm1, self.tokens = nn.LayerNorm(width), Mlp(tokens, 8)
        self.norm2, self.channels = nn.LayerNorm(width), Mlp(width, 2 * width)

    def forward(self, x):
        x = x + self.tokens(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.channels(self.norm2(x))


class Mixer(nn.Module):
    def __init__(self, width=10):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 2, 2)
        self.blocks = nn.Sequential(MixerBlock(12, width), MixerBlock(12, width))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, CLASSES)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.patches(x).flatten(2).transpose(1, 2))).mean(1))


def conv_norm(inputs, outputs, kernel, stride=1, groups=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]


class ShuffleUnit(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride, half = stride, outputs // 2
        into = inputs if stride > 1 else half
        self.left = nn.Sequential(*conv_norm(inputs, inputs, 3, stride, inputs), *conv_norm(inputs, half, 1), nn.ReLU())
        self.right = nn.Sequential(
            *(*conv_norm(into, half, 1), nn.ReLU(), *conv_norm(half, half, 3, stride, half)),
            *(*conv_norm(half, half, 1), nn.ReLU()),
        )

    def forward(self, x):
        if self.stride > 1:
            y = torch.cat((self.left(x), self.right(x)), 1)
        else:
            a, b = x.chunk(2, 1)
            y = torch.cat((a, self.right(b)), 1)
        n, channels, height, width = y.shape
        return y.view(n, 2, channels // 2, height, width).transpose(1, 2).contiguous().view(n, -1, height, width)


class ShuffleNet(nn.Sequential):
    def __init__(self):
        super().__init__(
            *(*conv_norm(3, 6, 3), nn.ReLU(), ShuffleUnit(6, 12, 2), ShuffleUnit(12, 12, 1)),
            *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, CLASSES)),
        )


class AttentionPool(nn.Module):
    """CLIP's head of a ResNet."""

    def __init__(self, width=12, heads=3):
        super().__init__()
        self.stem, self.heads = nn.Sequential(nn.Conv2d(3, width, 2, 2), nn.SiLU()), heads
        self.positions = nn.Parameter(torch.zeros(13, width))
        self.q, self.k, self.v = (nn.Linear(width, width) for _ in range(3))
        self.c = nn.Linear(width, CLASSES)

    def forward(self, x):
        x = self.stem(x).flatten(2).permute(2, 0, 1)
        x = torch.cat([x.mean(0, keepdim=True), x], 0) + self.positions[:, None]
        y, _ = F.multi_head_attention_forward(
            *(x[:1], x, x, x.shape[-1], self.heads),
            *(None, torch.cat([self.q.bias, self.k.bias, self.v.bias]), None, None, False, 0.0),
            *(self.c.weight, self.c.bias),
            use_separate_proj_weight=True,
            q_proj_weight=self.q.weight,
            k_proj_weight=self.k.weight,
            v_proj_weight=self.v.weight,
            need_weights=False,
            training=False,
        )
        return y.squeeze(0)


class SqueezeExcitation(nn.Module):
    """A block of MobileNet V3."""

    def __init__(self, channels=8, hidden=16):
        super().__init__()
        self.stem = nn.Sequential(*conv_norm(3, channels, 3, 2), nn.Hardswish())
        self.wide = nn.Sequential(*conv_norm(channels, hidden, 1), nn.Hardswish(), *conv_norm(hidden, hidden, 3, 1, hidden), nn.Hardswish())
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(hidden, 8, 1), nn.ReLU(), nn.Conv2d(8, hidden, 1), nn.Hardsigmoid()
        )
        self.narrow = nn.Sequential(*conv_norm(hidden, channels, 1))
        self.head = nn.Linear(channels, CLASSES)

    def forward(self, x):
        x = self.stem(x)
        y = self.wide(x)
        y = self.narrow(y * self.gate(y)) + x
        return self.head(F.adaptive_avg_pool2d(y, 1).flatten(1))


def randomised(module, seed):
    """Parameters that a trained network might have: no scale is 1, no shift 0."""
    random = torch.Generator().manual_seed(seed)
    for name, tensor in [*module.named_parameters(), *module.named_buffers()]:
        if not tensor.is_floating_point() or name.endswith('mask'):
            continue
        kind = name.rsplit('.')[-1]
        if kind == 'running_var' or (tensor.dim() == 1 and kind == 'weight'):
            tensor.data.uniform_(0.5, 1.5, generator=random)
        else:
            fan_in = tensor[0].numel() if tensor.dim() > 1 and kind.endswith('weight') else 4
            tensor.data.normal_(0, fan_in**-0.5, generator=random)
    return module.eval()


def by_torchscript(module, x, opset=17):
    file = io.BytesIO()
    torch.onnx.export(module, x, file, opset_version=opset, dynamo=False, input_names=['image'], output_names=['logits'])
    return onnx.load_from_string(file.getvalue())


def by_dynamo(module, x, opset=None):
    """Without what it says of the machine and the lines of the source."""
    program = torch.onnx.export(
        module, (x,), dynamo=True, opset_version=opset, input_names=['image'], output_names=['logits'], verbose=False, external_data=False
    )
    model = program.model_proto
    graph = model.graph
    del model.metadata_props[:], graph.metadata_props[:], graph.value_info[:]
    for part in (*graph.node, *graph.initializer, *graph.input, *graph.output):
        del part.metadata_props[:]
        part.doc_string = ''
    assert not model.functions
    return model


def hooked(rule):
    """A hook of a ReLU that lets pass what network_pair.py's rules let pass."""

    def hook(_module, inputs, y):
        if rule == 'deconvnet':
            y = inputs[0] + (y - inputs[0]).detach()
        if rule != 'gradient':
            y.register_hook(lambda gradient: gradient.clamp(min=0))
        return y

    return hook


def write_network(folder, make, seed, export=by_torchscript, shape=(1, 3, 6, 8), target=1, **options):
    """A case folder of a module, whose weights and image are made from the seed."""
    module = randomised(make(), seed)
    x = torch.randn(shape, generator=torch.Generator().manual_seed(seed + 1), dtype=torch.float32)
    model = export(copy.deepcopy(module), x, **options)
    modules = {torch.float32: module, torch.float64: copy.deepcopy(module).double()}
    units = [unit for kind in modules.values() for unit in kind.modules() if isinstance(unit, nn.ReLU)]

    def explain(image, rule='gradient'):
        handles = [unit.register_forward_hook(hooked(rule)) for unit in units]
        logits = modules[image.dtype](image)
        for handle in handles:
            handle.remove()
        return logits

    rules = ('gradient', 'guided', 'deconvnet') if units else ('gradient',)
    case = {'target': target, 'keep_softmax': False}
    write_folder(folder, model, x.double(), explain, case, rules, explain(x.double()).detach().numpy())
    return folder


CASES = {
    'network_vit': {'make': VisionTransformer},
    'network_vit_opset_11': {'make': lambda: VisionTransformer(blocks=1), 'opset': 11},
    'network_vit_dynamo': {'make': lambda: VisionTransformer(fused=True), 'export': by_dynamo},
    'network_vit_dynamo_opset_23': {'make': lambda: VisionTransformer(blocks=1, fused=True), 'export': by_dynamo, 'opset': 23},
    'network_encoder': {'make': Encoder},
    'network_swin': {'make': Swin, 'shape': (1, 3, 8, 12)},
    'network_swin_dynamo': {'make': Swin, 'shape': (1, 3, 8, 12), 'export': by_dynamo},
    'network_convnext': {'make': ConvNext, 'shape': (1, 3, 8, 12)},
    'network_convnext_dynamo': {'make': ConvNext, 'shape': (1, 3, 8, 12), 'export': by_dynamo},
    'network_mobilevit': {'make': MobileVit, 'shape': (1, 3, 8, 12)},
    'network_mixer': {'make': Mixer},
    'network_shufflenet': {'make': ShuffleNet},
    'network_shufflenet_dynamo': {'make': ShuffleNet, 'export': by_dynamo},
    'network_attention_pool': {'make': AttentionPool},
    'network_squeeze_excitation': {'make': SqueezeExcitation},
}
