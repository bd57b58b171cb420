"""Times what csc is compared with on a graphics card, in PyTorch: a training step and an evaluation of Res16UNet34C, a training
step of PointNet++, and the contrastive loss of scene contexts. benchmarks/gpu-check runs it.

Sparse convolutions are one gather of all neighbours and one product each, the fastest eager form that was found; kernel maps are
made before the clock starts. PointNet++ is given its neighbours, which csc finds in its step: sampling by hand in PyTorch would take
longer than the network. On a card everything is timed again as a recorded CUDA graph. Losses and gradients with rounded operands
are compared with float32's.

    python3 device_steps.py [--rooms goldens/rooms] [--small]
"""
import argparse
import os
import time

import numpy
import torch
from torch import nn

PLANES = (32, 64, 128, 256, 256, 128, 96, 96)
LAYERS = (2, 3, 4, 6, 2, 2, 2, 2)
START = 32
BASE = 1 << 12
CARD = torch.cuda.is_available()
DEVICE = "cuda" if CARD else "cpu"


def room(folder, name, voxels):
    """[N, 3] int64, unique: a recorded room, or surfaces of about that many voxels."""
    file = os.path.join(folder, name + ".npz")
    if os.path.exists(file):
        coordinates = torch.from_numpy(numpy.load(file)["coords"][:, 1:].astype(numpy.int64))
        return (coordinates - coordinates.min(0).values).to(DEVICE)
    side = max(8, int((voxels / 2.0) ** 0.5))
    grid = torch.stack(torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij"), -1).reshape(-1, 2)
    zero = torch.zeros(len(grid), 1, dtype=torch.int64)
    floor = torch.cat([grid, zero], 1)
    wall = torch.cat([grid[:, :1], zero, grid[:, 1:]], 1)
    return torch.unique(torch.cat([floor, wall]), dim=0)[:voxels].to(DEVICE)


def keys(coordinates):
    shifted = coordinates + 8
    return (shifted[:, 0] * BASE + shifted[:, 1]) * BASE + shifted[:, 2]


def neighbours(inputs, outputs, offsets, stride):
    """[M, K] rows of the inputs, the number of inputs where there is none."""
    ordered, order = torch.sort(keys(inputs))
    columns = []
    for offset in offsets:
        wanted = keys(outputs + torch.tensor(offset, device=outputs.device) * stride)
        place = torch.searchsorted(ordered, wanted).clamp(max=len(ordered) - 1)
        columns.append(torch.where(ordered[place] == wanted, order[place], len(inputs)))
    return torch.stack(columns, 1)


def transposed(table, inputs):
    """The same map the other way round: [inputs, K] rows of the outputs."""
    outputs, count = table.shape
    back = torch.full((inputs + 1, count), outputs, dtype=torch.int64, device=table.device)
    rows = torch.arange(outputs, device=table.device)
    for k in range(count):
        back[table[:, k], k] = rows
    return back[:inputs].contiguous()


class Gathered(torch.autograd.Function):
    """All neighbours of each row side by side, times all weights."""

    @staticmethod
    def forward(context, x, weight, table, back):
        if torch.is_autocast_enabled() if CARD else torch.is_autocast_cpu_enabled():
            # What is saved has to be of the type that gradients have.
            x = x.to(torch.bfloat16)
        context.save_for_backward(x, weight)
        context.tables = table, back
        padded = torch.cat([x, x.new_zeros(1, x.shape[1])])
        return padded[table.view(-1)].view(len(table), -1) @ weight.reshape(-1, weight.shape[2]).to(x.dtype)

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        table, back = context.tables
        padded = torch.cat([x, x.new_zeros(1, x.shape[1])])
        columns = padded[table.view(-1)].view(len(table), -1)
        to_weight = (columns.t() @ gradient).float().view_as(weight)
        padded = torch.cat([gradient, gradient.new_zeros(1, gradient.shape[1])])
        turned = weight.transpose(1, 2).reshape(-1, weight.shape[1]).to(gradient.dtype)
        return padded[back.view(-1)].view(len(back), -1) @ turned, to_weight, None, None


class Convolution(nn.Module):
    def __init__(self, maps, name, inputs, outputs):
        super().__init__()
        self.table, self.back = maps[name]
        self.weight = nn.Parameter(torch.randn(self.table.shape[1], inputs, outputs) * (inputs * self.table.shape[1]) ** -0.5)

    def forward(self, x):
        return Gathered.apply(x, self.weight, self.table, self.back)


class Block(nn.Module):
    def __init__(self, maps, level, inputs, outputs):
        super().__init__()
        self.first = Convolution(maps, f"same{level}", inputs, outputs)
        self.second = Convolution(maps, f"same{level}", outputs, outputs)
        self.norms = nn.ModuleList(nn.BatchNorm1d(outputs) for _ in range(2))
        self.shortcut = None
        if inputs != outputs:
            self.shortcut = nn.Sequential(nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs))

    def forward(self, x):
        inner = torch.relu(self.norms[0](self.first(x)))
        rest = x if self.shortcut is None else self.shortcut(x)
        return torch.relu(self.norms[1](self.second(inner)) + rest)


class Network(nn.Module):
    def __init__(self, maps, classes):
        super().__init__()
        self.begin = nn.Sequential(Convolution(maps, "same0", 3, START), nn.BatchNorm1d(START), nn.ReLU())
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        width, skips = START, [START]
        for level in range(4):
            blocks = [Convolution(maps, f"down{level}", width, width), nn.BatchNorm1d(width), nn.ReLU()]
            for _ in range(LAYERS[level]):
                blocks.append(Block(maps, level + 1, width, PLANES[level]))
                width = PLANES[level]
            self.down.append(nn.Sequential(*blocks))
            skips.append(width)
        for step in range(4):
            level = 3 - step
            out = PLANES[4 + step]
            rise = nn.Sequential(Convolution(maps, f"up{level}", width, out), nn.BatchNorm1d(out), nn.ReLU())
            width = out + skips[level]
            blocks = []
            for _ in range(LAYERS[4 + step]):
                blocks.append(Block(maps, level, width, out))
                width = out
            self.up.append(nn.ModuleList([rise, nn.Sequential(*blocks)]))
        self.end = nn.Linear(width, classes)

    def forward(self, x):
        kept = [self.begin(x)]
        for stage in self.down:
            kept.append(stage(kept[-1]))
        x = kept.pop()
        for rise, blocks in self.up:
            x = blocks(torch.cat([rise(x), kept.pop()], 1))
        return self.end(x)


def maps_of(coordinates):
    cube = [(a, b, c) for a in (-1, 0, 1) for b in (-1, 0, 1) for c in (-1, 0, 1)]
    corner = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    maps, levels = {}, [coordinates]
    for level in range(4):
        stride = 2 << level
        levels.append(torch.unique(levels[-1] // stride * stride, dim=0))
    for level, here in enumerate(levels):
        table = neighbours(here, here, cube, 1 << level)
        maps[f"same{level}"] = table, transposed(table, len(here))
    for level in range(4):
        table = neighbours(levels[level], levels[level + 1], corner, 1 << level)
        back = transposed(table, len(levels[level]))
        maps[f"down{level}"] = table, back
        maps[f"up{level}"] = back, table
    return maps, [len(level) for level in levels]


def gather(features, index):
    """features [B, C, N], index [B, M, S] -> [B, C, M, S]."""
    b, c, _ = features.shape
    return features.gather(2, index.reshape(b, 1, -1).expand(-1, c, -1)).reshape(b, c, *index.shape[1:])


def perceptron(widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Conv2d(a, b, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


class PointNet2(nn.Module):
    """Four set abstractions, four propagations, a head of 20 classes."""

    SAMPLES = (64, 32, 16, 16)
    RADII = (0.2, 0.4, 0.8, 1.2)
    CENTRES = (2048, 1024, 512, 256)

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([
            perceptron([6, 64, 64, 128]), perceptron([131, 128, 128, 256]),
            perceptron([259, 128, 128, 256]), perceptron([259, 128, 128, 256])])
        self.up = nn.ModuleList([
            perceptron([512, 256, 256]), perceptron([512, 256, 256]), perceptron([384, 256, 128]), perceptron([131, 128, 32])])
        self.end = nn.Conv1d(32, 20, 1)

    def forward(self, xyz, colours, given):
        places, features = [xyz], [colours]
        for layer, radius, (picks, near) in zip(self.down, self.RADII, given["down"]):
            centres = gather(places[-1], picks[:, :, None])
            local = (gather(places[-1], near) - centres) / radius
            places.append(centres[..., 0])
            features.append(layer(torch.cat([local, gather(features[-1], near)], 1)).amax(3))
        x = features.pop()
        for layer, (three, weights) in zip(self.up, given["up"]):
            spread = (gather(x, three) * weights[:, None]).sum(3)
            x = layer(torch.cat([spread, features.pop()], 1)[..., None])[..., 0]
        return self.end(x)


def given_points(scenes, points):
    sizes = [points, *(min(c, points // d) for c, d in zip(PointNet2.CENTRES, (4, 8, 16, 32)))]
    draw = lambda top, *shape: torch.randint(top, (scenes, *shape), device=DEVICE)
    return {
        "down": [(draw(sizes[i], sizes[i + 1]), draw(sizes[i], sizes[i + 1], PointNet2.SAMPLES[i])) for i in range(4)],
        "up": [(draw(sizes[i + 1], sizes[i], 3), torch.rand(scenes, sizes[i], 3, device=DEVICE)) for i in (3, 2, 1, 0)]}


def contrastive(first, second, positions, temperature=0.4, near=0.05, far=0.5):
    """Information noise-contrastive loss in two shells, above and below: the mean of four contexts."""
    similarities = first @ second.t() / temperature
    apart = positions[None, :] - positions[:, None]
    distance = apart.norm(dim=2)
    below = apart[..., 2] < 0
    own = torch.eye(len(first), dtype=torch.bool, device=first.device)
    total = 0
    for shell in (distance > near) & (distance < far), distance >= far:
        for half in below, ~below:
            chosen = own | (shell & half)
            total = total + (similarities.masked_fill(~chosen, float("-inf")).logsumexp(1) - similarities.diagonal()).mean()
    return total / 4


def median(body, repeats):
    for _ in range(3 if CARD else 1):
        body()
    seconds = []
    for _ in range(repeats):
        if CARD:
            torch.cuda.synchronize()
        started = time.perf_counter()
        body()
        if CARD:
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - started)
    return sorted(seconds)[len(seconds) // 2] * 1e3


def graph(body):
    """The same as one recorded graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            body()
    torch.cuda.current_stream().wait_stream(side)
    torch.cuda.synchronize()
    recorded = torch.cuda.CUDAGraph()
    with torch.cuda.graph(recorded):
        body()
    return recorded.replay


def tell(name, value):
    print(f"PEER\t{name}\t{value}", flush=True)


def report(name, body, repeats):
    tell(name, f"{median(body, repeats):.3f}")
    if CARD:
        try:
            tell(name + ", graph", f"{median(graph(body), repeats):.3f}")
        except Exception as e:  # An operator that cannot be recorded says so; the eager figure stands.
            tell(name + ", graph", "not recorded: " + " ".join(str(e).split())[:100])


def training(network, compute, loss):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9, weight_decay=1e-4)

    def step():
        optimizer.zero_grad(set_to_none=False)
        with torch.autocast(DEVICE, torch.bfloat16, enabled=compute == "bf16"):
            found = network.given()
        loss(found.float()).backward()
        optimizer.step()

    return step


def use(compute):
    torch.backends.cuda.matmul.allow_tf32 = compute == "tf32"
    torch.backends.cudnn.allow_tf32 = compute == "tf32"


def rounded(name, network, loss):
    """How far the loss of one step and its gradient, all parameters as one vector, are from float32's with rounded operands."""
    network.train()
    exact = None
    for compute in ("fp32", "tf32", "bf16") if CARD else ("fp32", "bf16"):
        use(compute)
        network.zero_grad()
        with torch.autocast(DEVICE, torch.bfloat16, enabled=compute == "bf16"):
            found = network.given()
        value = loss(found.float())
        value.backward()
        gradient = torch.cat([parameter.grad.double().flatten() for parameter in network.parameters()])
        if exact is None:
            exact = value.double().item(), gradient
        else:
            off = abs(value.double().item() - exact[0]) / abs(exact[0])
            tell(f"{name} loss {compute}, relative difference to fp32", f"{off:.2e}")
            off = ((gradient - exact[1]).norm() / exact[1].norm()).item()
            tell(f"{name} gradient {compute}, relative difference to fp32", f"{off:.2e}")
    network.zero_grad()


def measure(name, network, loss, repeats, evaluation):
    for compute in ("fp32", "tf32", "bf16") if CARD else ("fp32",):
        use(compute)
        network.train()
        report(f"{name} step {compute}", training(network, compute, loss), repeats)
        if evaluation:
            network.eval()

            def forward():
                with torch.no_grad(), torch.autocast(DEVICE, torch.bfloat16, enabled=compute == "bf16"):
                    network.given()

            report(f"{name} forward {compute}", forward, repeats)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", default="goldens/rooms")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    small = options.small
    repeats = 20 if CARD else 1
    torch.manual_seed(1)
    tell("PyTorch " + torch.__version__ + " on " + (torch.cuda.get_device_name() if CARD else "the processor"), "-")

    coordinates = room(options.rooms, "room3k" if small else "room60k", 3384 if small else 61248)
    maps, rows = maps_of(coordinates)
    tell(f"rows of the levels {rows}", "-")
    colours = torch.rand(len(coordinates), 3, device=DEVICE)
    labels = torch.randint(0, 20, (len(coordinates),), device=DEVICE)
    network = Network(maps, 20).to(DEVICE)
    network.given = lambda: network(colours)
    classes = lambda found: nn.functional.cross_entropy(found, labels)
    # Before the times, in which the network learns: with the weights that it begins with, as in csc.
    rounded("res16unet34c", network, classes)
    measure("res16unet34c", network, classes, repeats, True)
    del network, maps

    scenes, points = (2, 2000) if small else (8, 20000)
    xyz, colours = torch.rand(scenes, 3, points, device=DEVICE), torch.rand(scenes, 3, points, device=DEVICE)
    targets = torch.randint(0, 20, (scenes, points), device=DEVICE)
    neighbours_given = given_points(scenes, points)
    detector = PointNet2().to(DEVICE)
    detector.given = lambda: detector(xyz, colours, neighbours_given)
    measure("pointnet2", detector, lambda found: nn.functional.cross_entropy(found, targets), repeats, False)
    del detector

    count = 1024 if small else 4096
    positions = torch.rand(count, 3, device=DEVICE) * 5
    views = [nn.functional.normalize(torch.randn(count, 32, device=DEVICE)).requires_grad_() for _ in range(2)]

    def loss():
        for view in views:
            view.grad = None
        contrastive(*views, positions).backward()

    torch.backends.cuda.matmul.allow_tf32 = False
    report(f"contrastive {count} fp32", loss, repeats)


if __name__ == "__main__":
    main()
