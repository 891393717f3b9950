"""Computes the loss of a dump again with plain torch, and looks at its arrays."""

import json
import struct
import sys

import numpy as np
import torch

TYPES = {"F32": "<f4", "I64": "<i8"}


def safetensors(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    about = header.pop("__metadata__")
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        data = np.frombuffer(raw[8 + length + begin : 8 + length + end], TYPES[entry["dtype"]])
        arrays[name] = torch.from_numpy(data.reshape(entry["shape"]).copy())
    return about, arrays


about, a = safetensors(sys.argv[1])
patches, mask = a["patches"], a["mask"]
length, keep = patches.shape[1], a["ids_keep"].shape[1]
shuffled = torch.argsort(a["ids_restore"], dim=1)
assert torch.equal(shuffled[:, :keep], a["ids_keep"])
expected = torch.ones(1, length)
expected[:, :keep] = 0
assert torch.equal(torch.gather(expected, 1, a["ids_restore"]), mask)
target = patches
if about["norm_pix"] == "true":
    mean = patches.mean(-1, keepdim=True)
    target = (patches - mean) / (patches.var(-1, keepdim=True) + 1e-6) ** 0.5
loss = (((a["prediction"] - target) ** 2).mean(-1) * mask).sum() / mask.sum()
print(f"loss {loss.item():.6f}, in the dump {a['loss'].item():.6f}, {keep} of {length} seen")
assert a["loss"].shape == ()
assert abs(loss.item() - a["loss"].item()) < 1e-5
