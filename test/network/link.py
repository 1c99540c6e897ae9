#!/usr/bin/env python3
"""A link between two network namespaces, packet by packet: rate, delay, bursty loss, queue, blackout.

The kernel's netem does the same where it is built in; this one needs only /dev/net/tun, so the links are the same on
every machine. Usage: link.py <namespace a> <namespace b>; a becomes 10.66.0.1, b 10.66.0.2. One JSON line on standard
input sets what it names: {"rate": bytes/s, "delay": s one way, "loss": share, "burst": packets, "queue": bytes,
"down": bool}; each is answered by the counters. Python's own library and nothing else.
"""
import collections
import fcntl
import json
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
# Below any path's own limit, so that no packet is cut further on.
MTU = 1400


def tun(namespace, address):
    name = f"fs{os.getpid() % 100000}{address[-1]}"
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    for command in (
        ["ip", "link", "set", name, "netns", namespace],
        ["ip", "-n", namespace, "addr", "add", f"{address}/30", "dev", name],
        ["ip", "-n", namespace, "link", "set", name, "mtu", str(MTU), "up"],
        ["ip", "-n", namespace, "link", "set", "lo", "up"],
    ):
        subprocess.run(command, check=True)
    return fd


class Way:
    """One direction."""

    def __init__(self, out, seed):
        self.out, self.random = out, random.Random(seed)
        self.flying, self.free_at, self.bad = collections.deque(), 0.0, False
        self.sent = self.lost = self.full = 0

    def lose(self, loss, burst):
        """Gilbert and Elliott: in a bad spell everything is lost, spells last `burst` packets on average."""
        if loss <= 0:
            return False
        leave, enter = 1 / burst, loss / (burst * (1 - loss))
        self.bad = self.random.random() < ((1 - leave) if self.bad else enter)
        return self.bad

    def take(self, packet, now, is_):
        waiting = max(0.0, self.free_at - now) * is_["rate"]
        if waiting > is_["queue"]:
            self.full += 1
            return
        self.free_at = max(now, self.free_at) + len(packet) / is_["rate"]
        if is_["down"] or self.lose(is_["loss"], is_["burst"]):
            self.lost += 1
            return
        self.flying.append((self.free_at + is_["delay"], packet))

    def land(self, now, down):
        while self.flying and self.flying[0][0] <= now:
            packet = self.flying.popleft()[1]
            if down:
                self.lost += 1
                continue
            try:
                os.write(self.out, packet)
                self.sent += len(packet)
            except OSError:
                self.full += 1


def main():
    a, b = tun(sys.argv[1], "10.66.0.1"), tun(sys.argv[2], "10.66.0.2")
    is_ = {"rate": 1e9, "delay": 0.0, "loss": 0.0, "burst": 4, "queue": 256_000, "down": False}
    ways = {a: Way(b, 1), b: Way(a, 2)}
    print(json.dumps({"ready": True}), flush=True)
    pending = b""
    while True:
        now = time.monotonic()
        due = [way.flying[0][0] for way in ways.values() if way.flying]
        readable, _, _ = select.select([a, b, 0], [], [], max(0.0, min(due) - now) if due else 1.0)
        now = time.monotonic()
        for fd in readable:
            if fd == 0:
                data = os.read(0, 65536)
                if not data:
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    is_.update(json.loads(line))
                    down, up = ways[a], ways[b]
                    print(json.dumps({"down": [down.sent, down.lost, down.full], "up": [up.sent, up.lost, up.full]}), flush=True)
                continue
            for _ in range(64):
                try:
                    ways[fd].take(os.read(fd, 65536), now, is_)
                except BlockingIOError:
                    break
        for way in ways.values():
            way.land(time.monotonic(), is_["down"])


if __name__ == "__main__":
    main()
