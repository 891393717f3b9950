class Affine(Module):
  __parameters__ = ["weight", "bias", ]
  __buffers__ = []
  training : bool
  weight : Tensor
  bias : Tensor
class PatchEmbed(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  patch : int
  proj : __torch__.Affine
  def forward(self: __torch__.PatchEmbed, images: Tensor) -> Tensor:
    y = torch.conv2d(images, self.proj.weight, self.proj.bias, [self.patch, self.patch])
    return torch.transpose(torch.flatten(y, 2), 1, 2)
class Attention(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  heads : int
  qkv : __torch__.Affine
  proj : __torch__.Affine
  def forward(self: __torch__.Attention, x: Tensor) -> Tensor:
    B = torch.size(x, 0)
    N = torch.size(x, 1)
    D = torch.size(x, 2)
    d = torch.floordiv(D, self.heads)
    y = torch.reshape(torch.linear(x, self.qkv.weight, self.qkv.bias), [B, N, 3, self.heads, d])
    z = torch.permute(y, [2, 0, 3, 1, 4])
    q = torch.mul(torch.select(z, 0, 0), torch.pow(d, -0.5))
    k = torch.transpose(torch.select(z, 0, 1), -2, -1)
    a = torch.matmul(torch.softmax(torch.matmul(q, k), -1), torch.select(z, 0, 2))
    a0 = torch.reshape(torch.transpose(a, 1, 2), [B, N, D])
    return torch.linear(a0, self.proj.weight, self.proj.bias)
class Mlp(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  fc1 : __torch__.Affine
  fc2 : __torch__.Affine
  def forward(self: __torch__.Mlp, x: Tensor) -> Tensor:
    h = torch.gelu(torch.linear(x, self.fc1.weight, self.fc1.bias))
    return torch.linear(h, self.fc2.weight, self.fc2.bias)
class Block(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  norm1 : __torch__.Affine
  attn : __torch__.Attention
  norm2 : __torch__.Affine
  mlp : __torch__.Mlp
  def forward(self: __torch__.Block, x: Tensor) -> Tensor:
    D = torch.size(x, 2)
    h = torch.layer_norm(x, [D], self.norm1.weight, self.norm1.bias, 1e-06)
    x0 = torch.add(x, (self.attn).forward(h, ))
    h0 = torch.layer_norm(x0, [D], self.norm2.weight, self.norm2.bias, 1e-06)
    return torch.add(x0, (self.mlp).forward(h0, ))
class Blocks(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
@fields@
  def forward(self: __torch__.Blocks, x: Tensor) -> Tensor:
@calls@
    return x
class Encoder(Module):
  __parameters__ = ["cls_token", "pos_embed", ]
  __buffers__ = []
  training : bool
  cls_token : Tensor
  pos_embed : Tensor
  patch_embed : __torch__.PatchEmbed
  blocks : __torch__.Blocks
  norm : __torch__.Affine
  def normalised(self: __torch__.Encoder, images: Tensor) -> Tensor:
    if torch.eq(ops.prim.dtype(images), 0):
      C = torch.size(images, 1)
      mean = torch.reshape(torch.tensor([@mean@], dtype=6, device=ops.prim.device(images)), [1, C, 1, 1])
      deviation = torch.reshape(torch.tensor([@deviation@], dtype=6, device=ops.prim.device(images)), [1, C, 1, 1])
      x = torch.div(torch.sub(torch.div(torch.to(images, 6), 255.), mean), deviation)
    else:
      x = images
    return x
  def forward(self: __torch__.Encoder, images: Tensor) -> Tuple[Tensor, Tensor]:
    e = (self.patch_embed).forward((self).normalised(images, ), )
    B = torch.size(e, 0)
    D = torch.size(e, 2)
    e0 = torch.add(e, torch.slice(self.pos_embed, 1, 1))
    c = torch.add(self.cls_token, torch.slice(self.pos_embed, 1, 0, 1))
    x = torch.cat([torch.expand(c, [B, 1, D]), e0], 1)
    y = (self.blocks).forward(x, )
    z = torch.layer_norm(y, [D], self.norm.weight, self.norm.bias, 1e-06)
    return (torch.select(z, 1, 0), torch.mean(torch.slice(z, 1, 1), [1]))
