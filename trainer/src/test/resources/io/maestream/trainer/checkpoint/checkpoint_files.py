"""Reads a checkpoint's files without any of our code: plain numpy and torch, strict names."""

import json
import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

TYPES = {"F32": "<f4", "I64": "<i8", "U8": "u1"}


def safetensors(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    arrays = {}
    for name, entry in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            data = np.frombuffer(raw[8 + length + begin : 8 + length + end], TYPES[entry["dtype"]])
            arrays[name] = torch.from_numpy(data.reshape(entry["shape"]).copy())
    return arrays


class TimmAttention(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads, self.qkv, self.proj = heads, nn.Linear(d, 3 * d), nn.Linear(d, d)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1) * (d // self.heads) ** -0.5).softmax(-1) @ v
        return self.proj(a.transpose(1, 2).reshape(b, n, d))


class TimmMlp(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class TimmBlock(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-6), nn.LayerNorm(d, eps=1e-6)
        self.attn, self.mlp = TimmAttention(d, heads), TimmMlp(d)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class TimmEncoder(nn.Module):
    def __init__(self, m):
        super().__init__()
        d, patches = m["encoderDim"], (m["imageSize"] // m["patchSize"]) ** 2
        self.cls_token = nn.Parameter(torch.zeros(1, 1, d))
        self.pos_embed = nn.Parameter(torch.zeros(1, patches + 1, d))
        self.patch_embed = nn.Module()
        self.patch_embed.proj = nn.Conv2d(m["channels"], d, m["patchSize"], m["patchSize"])
        self.blocks = nn.Sequential(*(TimmBlock(d, m["heads"]) for _ in range(m["encoderDepth"])))
        self.norm = nn.LayerNorm(d, eps=1e-6)

    def forward(self, images):
        x = self.patch_embed.proj(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        x = self.norm(self.blocks(x))
        return x[:, 0], x[:, 1:].mean(1)


def hugging_face_encoder(a, config, images):
    """ViTMAEModel without masking, from the arrays by their names."""
    eps, heads = config["layer_norm_eps"], config["num_attention_heads"]

    def linear(x, name):
        return F.linear(x, a[name + ".weight"], a[name + ".bias"])

    def norm(x, name):
        return F.layer_norm(x, x.shape[-1:], a[name + ".weight"], a[name + ".bias"], eps)

    e = "vit.embeddings."
    p = e + "patch_embeddings.projection"
    x = F.conv2d(images, a[p + ".weight"], a[p + ".bias"], stride=config["patch_size"])
    x = x.flatten(2).transpose(1, 2) + a[e + "position_embeddings"][:, 1:]
    cls = a[e + "cls_token"] + a[e + "position_embeddings"][:, :1]
    x = torch.cat([cls.expand(len(x), -1, -1), x], 1)
    b, n, d = x.shape
    for i in range(config["num_hidden_layers"]):
        layer = f"vit.encoder.layer.{i}."
        h = norm(x, layer + "layernorm_before")
        q, k, v = (
            linear(h, layer + "attention.attention." + part).reshape(b, n, heads, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        s = (q @ k.transpose(-2, -1) / (d // heads) ** 0.5).softmax(-1) @ v
        x = x + linear(s.transpose(1, 2).reshape(b, n, d), layer + "attention.output.dense")
        h = norm(x, layer + "layernorm_after")
        x = x + linear(F.gelu(linear(h, layer + "intermediate.dense")), layer + "output.dense")
    x = norm(x, "vit.layernorm")
    return x[:, 0], x[:, 1:].mean(1)


def difference(found, expected):
    return max((f - e).abs().max().item() for f, e in zip(found, expected))


@torch.no_grad()
def main(directory, expected_file):
    model = json.load(open(directory + "/manifest.json"))["model"]
    expected = safetensors(expected_file)
    pixels = expected["pixels"].permute(0, 3, 1, 2).contiguous()
    processor = json.load(open(directory + "/encoder/hf/preprocessor_config.json"))
    mean = torch.tensor(processor["image_mean"]).view(1, -1, 1, 1)
    deviation = torch.tensor(processor["image_std"]).view(1, -1, 1, 1)
    images = (pixels * processor["rescale_factor"] - mean) / deviation
    ours = expected["cls"], expected["mean"]

    archive = torch.jit.load(directory + "/encoder/encoder.pt").eval()
    timm = TimmEncoder(model)
    weights = safetensors(directory + "/encoder/model.safetensors")
    timm.load_state_dict(weights, strict=True)
    assert set(archive.state_dict()) == set(weights), "the archive's parameters have timm's names"
    config = json.load(open(directory + "/encoder/hf/config.json"))
    whole = safetensors(directory + "/encoder/hf/model.safetensors")
    results = {
        "torchscript uint8": archive(pixels),
        "torchscript float32": archive(images),
        "timm": timm.eval()(images),
        "hugging face": hugging_face_encoder(whole, config, images),
    }
    for name, found in results.items():
        apart = difference(found, ours)
        print(f"torch {torch.__version__}, {name}: {len(pixels)} images, at most {apart:.2e} apart")
        assert apart < 1e-4, name


main(*sys.argv[1:])
