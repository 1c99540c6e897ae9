#!/usr/bin/env python3
"""A platform made from the feed contract alone: one source, python3-zmq and nothing else.

Acts come as JSON lines on standard input, what happens goes out as JSON lines:
  {"do": "publish", "topic": t, "events": [...], "batch": 1, "packing": "json"|"msgpack",
   "lose": [numbers of messages not sent], "twice": [...], "swap": true}
  {"do": "flood", "topic": t, "count": n, "batch": b, "wrong": 0.1}   numbered events made here
  {"do": "raw", "frames": [hex, ...]}          bytes as they are, outside the log
  {"do": "epoch", "name": e}                   the log begins anew
  {"do": "trim", "oldest": n}                  the log no longer reaches back
  {"do": "heartbeat", "on": bool, "skew": ms}  {"do": "mute", "on": bool}  {"do": "snapshot", "chunks": {stream: [...]}}
  {"do": "die"}
"""
import argparse
import json
import os
import select
import struct
import sys
import time

import zmq


def pack(value):
    """MessagePack, as much of it as events need."""
    if value is None:
        return b"\xc0"
    if value is True:
        return b"\xc3"
    if value is False:
        return b"\xc2"
    if isinstance(value, int):
        if 0 <= value < 128:
            return bytes([value])
        return b"\xcf" + struct.pack(">Q", value) if value >= 0 else b"\xd3" + struct.pack(">q", value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, str):
        raw = value.encode()
        return b"\xdb" + struct.pack(">I", len(raw)) + raw
    if isinstance(value, list):
        return b"\xdd" + struct.pack(">I", len(value)) + b"".join(pack(v) for v in value)
    return b"\xdf" + struct.pack(">I", len(value)) + b"".join(pack(k) + pack(v) for k, v in value.items())


def encode(value, packing):
    return json.dumps(value).encode() if packing == "json" else pack(value)


class Upstream:
    def __init__(self, source, events, request, curve):
        self.source = source
        self.context = zmq.Context()
        self.pub = self.context.socket(zmq.PUB)
        self.router = self.context.socket(zmq.ROUTER)
        key = None
        if curve:
            key, secret = (curve.split(",") + [None])[:2] if "," in curve else [k.decode() for k in zmq.curve_keypair()]
        for socket in (self.pub, self.router):
            socket.linger = 0
            socket.sndhwm = 1_000_000
            if curve:
                socket.curve_server = True
                socket.curve_publickey = key.encode()
                socket.curve_secretkey = secret.encode()
        self.pub.bind(events)
        self.router.bind(request)
        self.skew = 0
        self.beating = True
        self.mute = False
        self.chunks = {}
        self.orders = set()
        self.begin("epoch-1")
        self.say(
            ready=True,
            events=self.pub.last_endpoint.decode(),
            request=self.router.last_endpoint.decode(),
            serverKey=key,
        )

    def say(self, **what):
        print(json.dumps(what), flush=True)

    def now(self):
        return int(time.time() * 1000) + self.skew

    def begin(self, epoch):
        self.epoch, self.seq, self.oldest, self.log = epoch, 0, 1, []

    def header(self, seq, n):
        return {"v": 1, "epoch": self.epoch, "seq": seq, "n": n, "ts": self.now()}

    def beat(self):
        if self.beating:
            self.pub.send_multipart([f"{self.source}.hb".encode(), json.dumps(self.header(self.seq, 0)).encode()])

    def publish(self, topic, events, batch=1, packing="json", lose=(), twice=(), swap=False):
        messages = []
        for at in range(0, len(events), batch):
            part = events[at : at + batch]
            header = self.header(self.seq + 1, len(part))
            body = encode(part[0] if len(part) == 1 else part, packing)
            self.log.append((topic, header, body, packing))
            messages.append([topic.encode(), encode(header, packing), body])
            self.seq += len(part)
        order = list(range(len(messages)))
        if swap:
            order = [i ^ 1 if i ^ 1 < len(messages) else i for i in order]
        for i in order:
            if i in lose:
                continue
            self.pub.send_multipart(messages[i])
            if i in twice:
                self.pub.send_multipart(messages[i])

    def flood(self, topic, count, batch, wrong, packing="json"):
        now = self.now()
        events = []
        for i in range(count):
            event = {"id": f"r{self.seq + i + 1}", "deviceId": f"d-{i % 5000}", "ts": now, "values": {"current": i % 70}}
            if wrong and i % round(1 / wrong) == 0:
                event["values"] = [1, 2]
            events.append(event)
        self.publish(topic, events, batch, packing)

    def answer(self):
        address, ident, verb, raw = (self.router.recv_multipart() + [b""] * 4)[:4]
        ask = json.loads(raw or b"{}")
        verb = verb.decode()
        self.say(asked=verb, map=ask)
        if self.mute:
            return

        def reply(status, value, *body):
            self.router.send_multipart([address, ident, status.encode(), json.dumps(value).encode(), *body])

        if verb == "snapshot":
            for stream, events in self.chunks.items():
                reply("chunk", {"stream": stream, "n": len(events)}, json.dumps(events).encode())
            reply("end", {"epoch": self.epoch, "seq": self.seq})
        elif verb == "replay":
            if ask["epoch"] != self.epoch or ask["from"] < self.oldest:
                return reply("gone", {"epoch": self.epoch, "oldest": self.oldest})
            last = ask.get("to", self.seq)
            for topic, header, body, packing in self.log:
                if header["seq"] + header["n"] - 1 < ask["from"] or header["seq"] > last:
                    continue
                reply("chunk", {**header, "topic": topic}, body)
            reply("end", {"seq": min(last, self.seq)})
        elif verb == "command":
            known = ask["orderId"] in self.orders
            self.orders.add(ask["orderId"])
            reply("duplicate" if known else "accepted", {"orderId": ask["orderId"]})
        elif verb == "keyframe":
            reply("ok", {})

    def act(self, line):
        act = json.loads(line)
        do = act.pop("do")
        if do == "publish":
            self.publish(**act)
        elif do == "flood":
            self.flood(**act)
        elif do == "raw":
            self.pub.send_multipart([bytes.fromhex(frame) for frame in act["frames"]])
        elif do == "epoch":
            self.begin(act["name"])
        elif do == "trim":
            self.oldest = act["oldest"]
        elif do == "heartbeat":
            self.beating, self.skew = act.get("on", self.beating), act.get("skew", self.skew)
        elif do == "mute":
            self.mute = act["on"]
        elif do == "snapshot":
            self.chunks = act["chunks"]
        elif do == "die":
            sys.exit(0)
        self.say(done=do, seq=self.seq)

    def run(self):
        poller = zmq.Poller()
        poller.register(self.router, zmq.POLLIN)
        poller.register(0, select.POLLIN)
        pending = b""
        next_beat = 0.0
        while True:
            for what, _ in poller.poll(50):
                if what is self.router:
                    self.answer()
                else:
                    data = os.read(0, 1 << 20)
                    if not data:
                        return
                    *lines, pending = (pending + data).split(b"\n")
                    for line in lines:
                        self.act(line)
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + 1
                self.beat()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", default="fire-iot")
    parser.add_argument("--events", default="tcp://127.0.0.1:*")
    parser.add_argument("--request", default="tcp://127.0.0.1:*")
    parser.add_argument("--curve", help="'new', or public,secret")
    options = parser.parse_args()
    Upstream(options.source, options.events, options.request, options.curve).run()
