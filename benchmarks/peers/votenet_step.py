"""Times a training step of the PointNet++ detector (VoteNet) in PyTorch on a processor, for comparison with csc.

All indices (sampled points, neighbours, three nearest) are given, drawn at random: only layers, gradients and Adam are timed.

    python3 votenet_step.py [--scenes 8] [--points 40000] [--threads 2] [--steps 3]
"""
import argparse
import time

import torch
from torch import nn


def mlp2d(widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Conv2d(a, b, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


def gather(features, index):
    """features [B, C, N], index [B, M, S] -> [B, C, M, S]."""
    b, c, _ = features.shape
    flat = index.reshape(b, 1, -1).expand(-1, c, -1)
    return features.gather(2, flat).reshape(b, c, *index.shape[1:])


class Abstraction(nn.Module):
    def __init__(self, samples, widths, radius):
        super().__init__()
        self.samples, self.radius, self.mlp = samples, radius, mlp2d(widths)

    def forward(self, xyz, features, picks, near):
        centres = gather(xyz, picks[:, :, None])
        local = (gather(xyz, near) - centres) / self.radius
        grouped = local if features is None else torch.cat([local, gather(features, near)], 1)
        return centres[..., 0], self.mlp(grouped).amax(3)


class Propagation(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.mlp = mlp2d(widths)

    def forward(self, coarse, fine, three, weights):
        spread = (gather(coarse, three) * weights[:, None]).sum(3)
        return self.mlp(torch.cat([spread, fine], 1)[..., None])[..., 0]


class Detector(nn.Module):
    def __init__(self, channels, outputs):
        super().__init__()
        self.sa = nn.ModuleList([
            Abstraction(64, [3 + channels, 64, 64, 128], 0.2),
            Abstraction(32, [131, 128, 128, 256], 0.4),
            Abstraction(16, [259, 128, 128, 256], 0.8),
            Abstraction(16, [259, 128, 128, 256], 1.2)])
        self.fp = nn.ModuleList([Propagation([512, 256, 256]), Propagation([512, 256, 256])])
        conv = lambda a, b: [nn.Conv1d(a, b, 1), nn.BatchNorm1d(b), nn.ReLU(inplace=True)]
        self.vgen = nn.Sequential(*conv(256, 256), *conv(256, 256), nn.Conv1d(256, 259, 1))
        self.aggregate = Abstraction(16, [259, 128, 128, 128], 0.3)
        self.pnet = nn.Sequential(*conv(128, 128), *conv(128, 128), nn.Conv1d(128, outputs, 1))

    def forward(self, xyz, features, given):
        levels = [(xyz, features)]
        for layer, (picks, near) in zip(self.sa, given["sa"]):
            levels.append(layer(*levels[-1], picks, near))
        up = self.fp[0](levels[4][1], levels[3][1], *given["fp"][0])
        seeds = self.fp[1](up, levels[2][1], *given["fp"][1])
        said = self.vgen(seeds)
        votes = levels[2][0] + said[:, :3]
        features = seeds + said[:, 3:]
        features = features / features.norm(dim=1, keepdim=True)
        _, grouped = self.aggregate(votes, features, *given["vote"])
        return votes, self.pnet(grouped)


def main():
    options = argparse.ArgumentParser()
    for name, value in (("scenes", 8), ("points", 40000), ("threads", 2), ("steps", 3), ("channels", 1)):
        options.add_argument("--" + name, type=int, default=value)
    o = options.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(0)
    net = Detector(o.channels, 97)
    optimizer = torch.optim.Adam(net.parameters(), 1e-3)
    sizes = [o.points, 2048, 1024, 512, 256]
    draw = lambda top, *shape: torch.randint(top, (o.scenes, *shape))
    given = {
        "sa": [(draw(sizes[i], sizes[i + 1]), draw(sizes[i], sizes[i + 1], net.sa[i].samples)) for i in range(4)],
        "fp": [(draw(256, 512, 3), torch.rand(o.scenes, 512, 3)), (draw(512, 1024, 3), torch.rand(o.scenes, 1024, 3))],
        "vote": (draw(1024, 256), draw(1024, 256, 16))}
    xyz, features = torch.rand(o.scenes, 3, o.points), torch.rand(o.scenes, o.channels, o.points)
    times = []
    for _ in range(o.steps + 1):
        start = time.perf_counter()
        optimizer.zero_grad()
        votes, head = net(xyz, features, given)
        (votes.abs().mean() + head.pow(2).mean()).backward()
        optimizer.step()
        times.append(time.perf_counter() - start)
    times = sorted(times[1:])
    print(f"torch {torch.__version__}, {o.threads} threads, {o.scenes} scenes of {o.points} points: "
          f"median {times[len(times) // 2]:.2f} s, best {times[0]:.2f} s")


if __name__ == "__main__":
    main()
