class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  patch : int
  keep : int
  depth : int
  heads : int
  decoder_depth : int
  decoder_heads : int
  norm_pix : bool
  bf16 : bool
  fused_attention : bool
  mask_tokens_in_encoder : bool
  beta1 : float
  beta2 : float
  epsilon : float
  weight_decay : float
  clip_norm : float
  def forward(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return x
  def assign(self: __torch__.Kernels, targets: List[Tensor], sources: List[Tensor]) -> Tensor:
    for i in range(torch.len(targets)):
      _0 = torch.copy_(torch.detach(targets[i]), sources[i])
    return torch.zeros([], dtype=6, layout=None, device=ops.prim.device(targets[0]), pin_memory=None)
  def average(self: __torch__.Kernels, share: Tensor, averages: List[Tensor], weights: List[Tensor]) -> Tensor:
    rate = float(share)
    for i in range(torch.len(averages)):
      _0 = torch.lerp_(torch.detach(averages[i]), torch.detach(weights[i]), rate)
    return torch.zeros([], dtype=6, layout=None, device=ops.prim.device(share), pin_memory=None)
  def patchify(self: __torch__.Kernels, images: Tensor) -> Tensor:
    B = torch.size(images, 0)
    S = torch.floordiv(torch.size(images, 1), self.patch)
    C = torch.size(images, 3)
    x = torch.reshape(images, [B, S, self.patch, S, self.patch, C])
    x0 = torch.permute(x, [0, 1, 3, 2, 4, 5])
    P = torch.mul(torch.mul(self.patch, self.patch), C)
    return torch.reshape(x0, [B, torch.mul(S, S), P])
  def unpatchify(self: __torch__.Kernels, patches: Tensor, side: int, channels: int) -> Tensor:
    B = torch.size(patches, 0)
    S = torch.floordiv(side, self.patch)
    x = torch.reshape(patches, [B, S, S, self.patch, self.patch, channels])
    return torch.reshape(torch.permute(x, [0, 1, 3, 2, 4, 5]), [B, side, side, channels])
  def rows(self: __torch__.Kernels, x: Tensor, ids: Tensor) -> Tensor:
    B = torch.size(x, 0)
    L = torch.size(x, 1)
    first = torch.mul(torch.arange(B, dtype=4, layout=None, device=ops.prim.device(ids), pin_memory=None), L)
    flat = torch.reshape(torch.add(ids, torch.unsqueeze(first, 1)), [-1])
    picked = torch.index_select(torch.reshape(x, [torch.mul(B, L), torch.size(x, 2)]), 0, flat)
    return torch.reshape(picked, [B, torch.size(ids, 1), torch.size(x, 2)])
  def normalise(self: __torch__.Kernels, patches: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    return torch.addcmul(shift, torch.to(patches, 6), scale)
  def target(self: __torch__.Kernels, patches: Tensor) -> Tensor:
    if self.norm_pix:
      n = torch.size(patches, 2)
      share = torch.div(torch.sub(n, 1), n)
      scale = torch.full([n], torch.sqrt(share), dtype=6, layout=None, device=ops.prim.device(patches), pin_memory=None)
      target = torch.layer_norm(patches, [n], scale, None, torch.mul(1e-06, share))
    else:
      target = patches
    return target
  def lin(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    if self.bf16:
      y = torch.linear(x, torch.to(w, 15), torch.to(b, 15))
    else:
      y = torch.linear(x, w, b)
    return y
  def ln(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    if self.fused_attention:
      dtype = ops.prim.dtype(x)
      y = torch.layer_norm(x, [torch.size(x, -1)], torch.to(w, dtype), torch.to(b, dtype), 1e-06)
    else:
      y = torch.layer_norm(x, [torch.size(x, -1)], w, b, 1e-06)
    return y
  def attention(self: __torch__.Kernels, h: Tensor, p: List[Tensor], o: int, heads: int, first: int) -> Tensor:
    B = torch.size(h, 0)
    N = torch.size(h, 1)
    D = torch.size(h, 2)
    d = torch.floordiv(D, heads)
    M = torch.sub(N, first)
    qkv = torch.permute(torch.reshape((self).lin(h, p[o], p[torch.add(o, 1)], ), [B, N, 3, heads, d]), [2, 0, 3, 1, 4])
    if self.fused_attention:
      q, k, v = torch.unbind(qkv, 0)
      a = torch.scaled_dot_product_attention(torch.slice(q, 2, first), k, v)
    else:
      q0, k0, v0 = torch.unbind(torch.reshape(qkv, [3, torch.mul(B, heads), N, d]), 0)
      if torch.gt(first, 0):
        q1 = torch.slice(q0, 1, first)
      else:
        q1 = q0
      ignored = torch.zeros([1, 1, 1], dtype=ops.prim.dtype(h), layout=None, device=ops.prim.device(h), pin_memory=None)
      s = torch.baddbmm(ignored, q1, torch.transpose(k0, -2, -1), beta=0., alpha=torch.pow(d, -0.5))
      a = torch.reshape(torch.bmm(torch.softmax(s, -1), v0), [B, heads, M, d])
    a0 = torch.reshape(torch.transpose(a, 1, 2), [B, M, D])
    return (self).lin(a0, p[torch.add(o, 2)], p[torch.add(o, 3)], )
  def block(self: __torch__.Kernels, x: Tensor, p: List[Tensor], o: int, heads: int, first: int) -> Tensor:
    h = (self).ln(x, p[o], p[torch.add(o, 1)], )
    if torch.gt(first, 0):
      kept = torch.slice(x, 1, first)
    else:
      kept = x
    x0 = torch.add(kept, (self).attention(h, p, torch.add(o, 2), heads, first, ))
    h0 = (self).ln(x0, p[torch.add(o, 6)], p[torch.add(o, 7)], )
    h1 = torch.gelu((self).lin(h0, p[torch.add(o, 8)], p[torch.add(o, 9)], ))
    return torch.add(x0, (self).lin(h1, p[torch.add(o, 10)], p[torch.add(o, 11)], ))
  def embed(self: __torch__.Kernels, visible: Tensor, p: List[Tensor]) -> Tensor:
    w = p[2]
    w0 = torch.reshape(torch.permute(w, [0, 2, 3, 1]), [torch.size(w, 0), -1])
    if self.bf16:
      v = torch.to(visible, 15)
    else:
      v = visible
    return (self).lin(v, w0, p[3], )
  def encode(self: __torch__.Kernels, tokens: Tensor, ids: Tensor, pos: Tensor, p: List[Tensor]) -> Tensor:
    B = torch.size(tokens, 0)
    N = torch.size(tokens, 1)
    D = torch.size(tokens, 2)
    dtype = ops.prim.dtype(tokens)
    places = torch.index_select(pos, 0, torch.reshape(torch.add(ids, 1), [-1]))
    e = torch.add(tokens, torch.to(torch.reshape(places, [B, N, D]), dtype))
    c = torch.add(p[0], torch.slice(pos, 0, 0, 1))
    x = torch.cat([torch.to(torch.expand(c, [B, 1, D]), dtype), e], 1)
    o = 4
    for i in range(self.depth):
      x = (self).block(x, p, o, self.heads, 0, )
      o = torch.add(o, 12)
    return (self).ln(x, p[o], p[torch.add(o, 1)], )
  def encode_visible(self: __torch__.Kernels, visible: Tensor, ids: Tensor, pos: Tensor, p: List[Tensor]) -> Tensor:
    e = (self).embed(visible, p, )
    if self.mask_tokens_in_encoder:
      hidden = torch.to(torch.expand(p[0], [torch.size(e, 0), torch.sub(torch.size(ids, 1), self.keep), torch.size(e, 2)]), ops.prim.dtype(e))
      latent = (self).encode(torch.cat([e, hidden], 1), ids, pos, p, )
    else:
      latent = (self).encode(e, torch.slice(ids, 1, 0, self.keep), pos, p, )
    return latent
  def decode(self: __torch__.Kernels, latent: Tensor, ids: Tensor, pos: Tensor, p: List[Tensor], first: int) -> Tensor:
    B = torch.size(latent, 0)
    L = torch.size(ids, 1)
    o = torch.add(6, torch.mul(12, self.depth))
    y = (self).lin(latent, p[o], p[torch.add(o, 1)], )
    dtype = ops.prim.dtype(y)
    W = torch.size(y, 2)
    hidden = torch.to(torch.expand(p[1], [B, torch.sub(torch.add(L, 1), torch.size(y, 1)), W]), dtype)
    cls = torch.zeros([B, 1], dtype=4, layout=None, device=ops.prim.device(ids), pin_memory=None)
    order = torch.reshape(torch.cat([cls, torch.add(ids, 1)], 1), [-1])
    places = torch.reshape(torch.index_select(pos, 0, order), [B, torch.add(L, 1), W])
    z = torch.add(torch.cat([y, hidden], 1), torch.to(places, dtype))
    o = torch.add(o, 2)
    for i in range(torch.sub(self.decoder_depth, 1)):
      z = (self).block(z, p, o, self.decoder_heads, 0, )
      o = torch.add(o, 12)
    return (self).block(z, p, o, self.decoder_heads, first, )
  def predict(self: __torch__.Kernels, tokens: Tensor, p: List[Tensor]) -> Tensor:
    o = torch.sub(torch.len(p), 4)
    h = (self).ln(tokens, p[o], p[torch.add(o, 1)], )
    return (self).lin(h, p[torch.add(o, 2)], p[torch.add(o, 3)], )
  def predict_hidden(self: __torch__.Kernels, patches: Tensor, ids: Tensor, c: List[Tensor], p: List[Tensor]) -> Tensor:
    seen = torch.slice(ids, 1, 0, self.keep)
    visible = (self).normalise((self).rows(patches, seen, ), c[0], c[1], )
    latent = (self).encode_visible(visible, ids, c[2], p, )
    tokens = (self).decode(latent, ids, c[3], p, torch.add(1, self.keep), )
    return (self).predict(tokens, p, )
  def gradients(self: __torch__.Kernels, images: Tensor, ids: Tensor, total: Tensor, c: List[Tensor], p: List[Tensor]) -> List[Tensor]:
    patches = (self).patchify(images, )
    prediction = (self).predict_hidden(patches, ids, c, p, )
    unseen = torch.slice(ids, 1, self.keep)
    target = (self).target((self).normalise((self).rows(patches, unseen, ), c[0], c[1], ), )
    error = torch.sub(torch.to(torch.detach(prediction), 6), target)
    B = torch.size(error, 0)
    n = torch.mul(torch.size(error, 1), torch.size(error, 2))
    distance = torch.linalg_vector_norm(torch.reshape(error, [B, n]), 2, [1])
    losses = torch.div(torch.mul(distance, distance), n)
    slope = torch.mul_(error, torch.div(2., torch.mul(int(total), n)))
    slopes = annotate(List[Optional[Tensor]], [torch.to(slope, ops.prim.dtype(prediction))])
    maybe = torch.grad([prediction], p, slopes, None, False, False)
    result = annotate(List[Tensor], [losses])
    for i in range(torch.len(maybe)):
      g = maybe[i]
      _0 = torch.append(result, torch.contiguous(unchecked_cast(Tensor, g)))
    return result
  def accumulate(self: __torch__.Kernels, sums: List[Tensor], g: List[Tensor]) -> Tensor:
    torch._foreach_add_(sums, g)
    return (self).norms(sums, )
  def norms(self: __torch__.Kernels, g: List[Tensor]) -> Tensor:
    return torch.stack(torch._foreach_norm(g, 2), 0)
  def judge(self: __torch__.Kernels, losses: Tensor, norms: Tensor, count: Tensor) -> Tensor:
    loss = torch.mean(losses)
    norm = torch.linalg_vector_norm(norms, 2)
    ok = torch.to(torch.isfinite(torch.add(loss, norm)), 6)
    _0 = torch.add_(count, ok)
    return torch.cat([torch.stack([loss, norm, ok], 0), losses], 0)
  def update(self: __torch__.Kernels, verdict: Tensor, lr: Tensor, count: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
    norm = torch.select(verdict, 0, 1)
    bad = torch.sub(torch.ones_like(norm), torch.select(verdict, 0, 2))
    if torch.gt(self.clip_norm, 0.):
      scale = torch.clamp(torch.div(norm, self.clip_norm), 1.)
    else:
      scale = torch.ones_like(norm)
    pd = annotate(List[Tensor], [])
    gd = annotate(List[Tensor], [])
    md = annotate(List[Tensor], [])
    vd = annotate(List[Tensor], [])
    sd = annotate(List[Tensor], [])
    pn = annotate(List[Tensor], [])
    gn = annotate(List[Tensor], [])
    mn = annotate(List[Tensor], [])
    vn = annotate(List[Tensor], [])
    sn = annotate(List[Tensor], [])
    for i in range(torch.len(p)):
      if torch.gt(torch.dim(p[i]), 1):
        _1 = torch.append(pd, torch.detach(p[i]))
        _2 = torch.append(gd, g[i])
        _3 = torch.append(md, m[i])
        _4 = torch.append(vd, v[i])
        _5 = torch.append(sd, count)
      else:
        _6 = torch.append(pn, torch.detach(p[i]))
        _7 = torch.append(gn, g[i])
        _8 = torch.append(mn, m[i])
        _9 = torch.append(vn, v[i])
        _10 = torch.append(sn, count)
    rate = float(lr)
    if torch.gt(torch.len(pd), 0):
      torch._fused_adamw_(pd, gd, md, vd, annotate(List[Tensor], []), sd, lr=rate, beta1=self.beta1, beta2=self.beta2, weight_decay=self.weight_decay, eps=self.epsilon, amsgrad=False, maximize=False, grad_scale=scale, found_inf=bad)
    if torch.gt(torch.len(pn), 0):
      torch._fused_adamw_(pn, gn, mn, vn, annotate(List[Tensor], []), sn, lr=rate, beta1=self.beta1, beta2=self.beta2, weight_decay=0., eps=self.epsilon, amsgrad=False, maximize=False, grad_scale=scale, found_inf=bad)
    return torch.mul(torch.ones_like(norm), torch.add(torch.len(pd), torch.len(pn)))
  def reconstruct(self: __torch__.Kernels, images: Tensor, ids: Tensor, c: List[Tensor], p: List[Tensor]) -> List[Tensor]:
    side = torch.size(images, 1)
    channels = torch.size(images, 3)
    raw = (self).patchify(images, )
    patches = (self).normalise(raw, c[0], c[1], )
    seen = torch.slice(ids, 1, 0, self.keep)
    latent = (self).encode_visible((self).rows(patches, seen, ), ids, c[2], p, )
    tokens = torch.slice((self).decode(latent, ids, c[3], p, 0, ), 1, 1)
    restore = torch.argsort(ids, 1)
    prediction = (self).rows(torch.to((self).predict(tokens, p, ), 6), restore, )
    hidden = torch.unsqueeze(torch.ge(restore, self.keep), -1)
    e = torch.mean(torch.pow(torch.sub(prediction, (self).target(patches, )), 2), [-1], True)
    weight = torch.to(hidden, 6)
    loss = torch.div(torch.sum(torch.mul(e, weight)), torch.sum(weight))
    if self.norm_pix:
      mean = torch.mean(patches, [-1], True)
      deviation = torch.sqrt(torch.add(torch.var(patches, [-1], True, True), 1e-06))
      pixels = torch.add(torch.mul(prediction, deviation), mean)
    else:
      pixels = prediction
    bytes = torch.to(torch.clamp(torch.round(torch.div(torch.sub(pixels, c[1]), c[0])), 0, 255), 0)
    masked = torch.where(hidden, torch.full_like(raw, 127), raw)
    pasted = torch.where(hidden, bytes, raw)
    result = annotate(List[Tensor], [loss])
    _0 = torch.append(result, (self).unpatchify(raw, side, channels, ))
    _1 = torch.append(result, (self).unpatchify(masked, side, channels, ))
    _2 = torch.append(result, (self).unpatchify(bytes, side, channels, ))
    _3 = torch.append(result, (self).unpatchify(pasted, side, channels, ))
    return result
  def products(self: __torch__.Kernels, a: Tensor, b: Tensor, times: Tensor) -> Tensor:
    if self.bf16:
      x = torch.to(a, 15)
      y = torch.to(b, 15)
    else:
      x = a
      y = b
    z = torch.matmul(x, y)
    for i in range(int(times)):
      z = torch.matmul(x, y)
    return torch.to(torch.select(torch.reshape(z, [-1]), 0, 0), 6)
