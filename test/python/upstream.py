#!/usr/bin/env python3
"""A small platform in Python, made from the feed contract alone: python3-zmq and the standard library.

It stands in for the drill player for one or more sources: a handful of devices that live, answers to snapshot, replay
and commands, heartbeats. Everything is JSON on the wire. It can be told to misbehave, as real platforms do.

  upstream.py --source fire-iot --source linkage-110 --profile /tmp/p.yaml [--curve] [--rate 20] [--batch 10]
              [--misbehave gap,duplicate,swap,malformed,wrong-shape,unknown-stream,epoch,skew] [--every 2]

It prints one line {"ready": true, "feeds": [...]} and runs until it is told to stop.
"""
import argparse
import json
import math
import random
import signal
import time

import zmq

SUBJECT = {"reading": "deviceId", "cab": "elevatorId", "position": "unitId"}
MISDEEDS = ["gap", "duplicate", "swap", "malformed", "wrong-shape", "unknown-stream", "epoch", "skew"]


def now():
    return int(time.time() * 1000)


class Source:
    """One log with its two sockets."""

    def __init__(self, context, name, ports, keys, keep):
        self.name, self.keep = name, keep
        self.pub, self.router = context.socket(zmq.PUB), context.socket(zmq.ROUTER)
        self.endpoints = []
        for socket, port in zip((self.pub, self.router), ports):
            socket.linger = 0
            if keys:
                socket.curve_server, socket.curve_secretkey = True, keys[1]
            socket.bind(f"tcp://127.0.0.1:{port or '*'}")
            self.endpoints.append(socket.getsockopt_string(zmq.LAST_ENDPOINT))
        self.orders, self.state, self.skew = {}, {}, 0
        self.begin(f"{name}-{now()}")

    def begin(self, epoch):
        """A new log; what is known stays known."""
        self.epoch, self.seq, self.log = epoch, 0, []

    def header(self, seq, n):
        return {"v": 1, "epoch": self.epoch, "seq": seq, "n": n, "ts": now() + self.skew}

    def remember(self, stream, events):
        things = self.state.setdefault(stream, {})
        for event in events:
            things[event.get(SUBJECT.get(stream, "id"))] = event

    def publish(self, stream, events, misdeed=None):
        """Numbers, keeps and sends; a misdeed spoils the sending, never the log."""
        topic, first = f"{self.name}.{stream}", self.seq + 1
        self.seq += len(events)
        self.log.extend((topic, event) for event in events)
        del self.log[: -self.keep]
        self.remember(stream, events)
        message = [topic.encode(), json.dumps(self.header(first, len(events))).encode(), json.dumps(events).encode()]
        if misdeed == "gap":
            return
        self.pub.send_multipart(message)
        if misdeed == "duplicate":
            self.pub.send_multipart(message)

    def beat(self):
        self.pub.send_multipart([f"{self.name}.hb".encode(), json.dumps(self.header(self.seq, 0)).encode()])

    # -- requests: [id, verb, map] -> [id, status, map, ...body]

    def answer(self, command):
        while self.router.poll(0):
            peer, ident, verb, *rest = self.router.recv_multipart() + [b"", b""]
            try:
                asked = json.loads(rest[0] or b"{}")
                handler = getattr(self, "on_" + verb.decode())
            except (ValueError, AttributeError):
                self.reply(peer, ident, "error", {"reason": "not understood"})
                continue
            handler(lambda *parts: self.reply(peer, ident, *parts), asked, command)

    def reply(self, peer, ident, status, head, body=None):
        frames = [peer, ident, status.encode(), json.dumps(head).encode()]
        self.router.send_multipart(frames + ([] if body is None else [json.dumps(body).encode()]))

    def on_snapshot(self, reply, asked, _):
        for stream, things in self.state.items():
            if "streams" in asked and stream not in asked["streams"]:
                continue
            events = list(things.values())
            for at in range(0, len(events), 200):
                part = events[at : at + 200]
                reply("chunk", {"stream": f"{self.name}.{stream}", "n": len(part)}, part)
        reply("end", {"epoch": self.epoch, "seq": self.seq})

    def on_replay(self, reply, asked, _):
        oldest = self.seq - len(self.log) + 1
        if asked.get("epoch") != self.epoch or asked.get("from", 0) < oldest:
            return reply("gone", {"epoch": self.epoch, "oldest": oldest})
        last = min(asked.get("to", self.seq), self.seq)
        at = asked["from"]
        while at <= last:
            topic, part = self.log[at - oldest][0], []
            first = at
            while at <= last and self.log[at - oldest][0] == topic and len(part) < 200:
                part.append(self.log[at - oldest][1])
                at += 1
            reply("chunk", {**self.header(first, len(part)), "topic": topic}, part)
        reply("end", {"seq": last})

    def on_command(self, reply, asked, command):
        order = asked.get("orderId")
        known = order in self.orders
        if not known:
            self.orders[order] = command(self, asked)
        reason = self.orders[order]
        status = "rejected" if reason else "duplicate" if known else "accepted"
        reply(status, {"orderId": order, **({"reason": reason} if reason else {})})

    def on_keyframe(self, reply, *_):
        reply("ok", {})


class District:
    """Twenty smoke detectors, ten meters, a vehicle that circles, an alarm now and then."""

    def __init__(self, sources, lon, lat):
        self.sources, self.lon, self.lat, self.count, self.open, self.tick = sources, lon, lat, 0, None, 0
        iot = sources.get("fire-iot")
        if iot:
            kinds = ["smoke"] * 20 + ["electricity"] * 10
            self.devices = [
                {"id": f"py-{i:02}", "ts": now(), "kind": kind, "name": f"{kind} {i}", "state": "ok", "floor": 1,
                 "lon": lon + 0.001 * (i % 6), "lat": lat + 0.001 * (i // 6)} for i, kind in enumerate(kinds)]
            iot.remember("device", self.devices)

    def ident(self, prefix):
        self.count += 1
        return f"{prefix}-{int(time.time())}-{self.count}"

    def reading(self, i):
        device = self.devices[i % len(self.devices)]
        wave = math.sin(time.time() / 60 + i)
        values = {"obscuration": round(0.1 + 0.02 * wave, 3), "battery": 90} if device["kind"] == "smoke" else {
            "residualCurrent": round(15 + 3 * wave, 1), "cableTemp": 31, "current": 6, "voltage": 227, "power": 1250, "breaker": "closed"}
        return {"id": self.ident("r"), "deviceId": device["id"], "ts": now(), "values": values}

    def live(self, batch, misdeed):
        self.tick += 1
        iot, linkage, situation = (self.sources.get(n) for n in ("fire-iot", "linkage-110", "situation"))
        if iot:
            iot.publish("reading", [self.reading(self.tick * batch + i) for i in range(batch)], misdeed)
            angle = time.time() / 30
            iot.publish("position", [{"id": self.ident("p"), "unitId": "py-engine", "ts": now(), "status": "patrol", "speed": 8,
                                      "lon": self.lon + 0.004 * math.cos(angle), "lat": self.lat + 0.004 * math.sin(angle),
                                      "heading": (-math.degrees(angle)) % 360}])
            if self.tick % 40 == 1:
                self.alarm(iot)
        if linkage and self.tick % 60 == 1:
            linkage.publish("incident", [{"id": self.ident("jq"), "ts": now(), "kind": "traffic", "level": 4, "title": "追尾", "status": "reported",
                                          "address": "一街1号", "lon": self.lon, "lat": self.lat}], misdeed)
        if situation and self.tick % 30 == 1:
            situation.publish("risk", [{"id": self.ident("fx"), "ts": now(), "zoneId": "z-baiguan", "field": "fire", "score": 40 + 10 * random.random(),
                                        "colour": "yellow", "sources": []}], misdeed)

    def alarm(self, iot):
        if self.open:
            iot.publish("alarm", [{**self.open, "ts": now(), "state": "cleared"}])
            self.open = None
            return
        self.open = {"id": self.ident("al"), "deviceId": self.devices[20]["id"], "ts": now(), "type": "overload", "level": 3, "state": "raised",
                     "text": "过载（Python）", "values": {"current": 41}}
        iot.publish("alarm", [self.open])

    def command(self, source, order):
        """None when done, else why not."""
        if order.get("type") == "acknowledge":
            return None
        if order.get("type") == "openIncident" and source.name == "linkage-110":
            source.publish("incident", [{"id": self.ident("jq"), "ts": now(), "kind": "other", "level": 3, "title": "转警", "status": "accepted",
                                         "address": "", "lon": self.lon, "lat": self.lat}])
            return None
        return f"this platform does not know {order.get('type')}"

    def misbehave(self, misdeed):
        """Misdeeds that are messages of their own."""
        for source in self.sources.values():
            topic = f"{source.name}.reading".encode()
            if misdeed == "malformed":
                for frames in ([b"\xff\xfe"], [topic, b"{not json", b"[]"], [topic, b"\xc1", b"\xc1"], [topic]):
                    source.pub.send_multipart(frames)
            elif misdeed == "wrong-shape":
                source.publish("reading", [{"id": "", "deviceId": 7, "values": []}, {"id": self.ident("ok"), "deviceId": "py-00", "ts": now(), "values": {}}])
            elif misdeed == "unknown-stream":
                source.publish("weather-mood", [{"id": self.ident("x"), "ts": now(), "mood": "fine"}])
            elif misdeed == "epoch":
                source.begin(f"{source.name}-{now()}")
            elif misdeed == "skew":
                source.skew = 0 if source.skew else 90_000
            elif misdeed == "swap":
                source.seq += 2
                pair = [(f"{source.name}.reading", {"id": self.ident("s"), "deviceId": "py-00", "ts": now(), "values": {}}) for _ in range(2)]
                source.log.extend(pair)
                for offset in (1, 0):
                    head = source.header(source.seq - 1 + offset, 1)
                    source.pub.send_multipart([topic, json.dumps(head).encode(), json.dumps(pair[offset][1]).encode()])


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", action="append")
    parser.add_argument("--base-port", type=int, default=0)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--profile", help="write a site profile that leads here")
    parser.add_argument("--rate", type=float, default=20, help="readings a second")
    parser.add_argument("--batch", type=int, default=5)
    parser.add_argument("--keep", type=int, default=100_000, help="events kept for replay, per source")
    parser.add_argument("--lon", type=float, default=120.8785)
    parser.add_argument("--lat", type=float, default=30.0185)
    parser.add_argument("--misbehave", default="", help=", ".join(MISDEEDS))
    parser.add_argument("--every", type=float, default=2, help="seconds between two misdeeds")
    chosen = parser.parse_args()
    chosen.misdeeds = [m for m in chosen.misbehave.split(",") if m]
    if unknown := [m for m in chosen.misdeeds if m not in MISDEEDS]:
        parser.error(f"--misbehave: {unknown[0]}: expected some of {', '.join(MISDEEDS)}")
    return chosen


def main():
    chosen = options()
    context = zmq.Context()
    keys = zmq.curve_keypair() if chosen.curve else None
    sources = {}
    for i, name in enumerate(chosen.source or ["fire-iot"]):
        ports = [chosen.base_port + 2 * i + j if chosen.base_port else 0 for j in (0, 1)]
        sources[name] = Source(context, name, ports, keys, chosen.keep)
    district = District(sources, chosen.lon, chosen.lat)
    feeds = [{"source": s.name, "events": s.endpoints[0], "request": s.endpoints[1], **({"serverKey": keys[0].decode()} if keys else {})}
             for s in sources.values()]
    if chosen.profile:
        with open(chosen.profile, "w", encoding="utf-8") as file:
            # JSON is YAML.
            json.dump({"id": "python", "extends": "demo", "feeds": feeds}, file, indent=2)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: (_ for _ in ()).throw(SystemExit(0)))
    print(json.dumps({"ready": True, "feeds": feeds}), flush=True)

    poller = zmq.Poller()
    for source in sources.values():
        poller.register(source.router, zmq.POLLIN)
    step = chosen.batch / chosen.rate
    next_live = next_beat = time.monotonic()
    next_misdeed, misdeeds = time.monotonic() + chosen.every, 0
    try:
        while True:
            wait = max(0, min(next_live, next_beat) - time.monotonic())
            poller.poll(wait * 1000)
            for source in sources.values():
                source.answer(district.command)
            clock = time.monotonic()
            misdeed = None
            if chosen.misdeeds and clock >= next_misdeed:
                misdeed = chosen.misdeeds[misdeeds % len(chosen.misdeeds)]
                misdeeds, next_misdeed = misdeeds + 1, clock + chosen.every
                district.misbehave(misdeed)
            if clock >= next_live or misdeed in ("gap", "duplicate"):
                next_live = max(next_live + step, clock)
                district.live(chosen.batch, misdeed)
            if clock >= next_beat:
                next_beat = max(next_beat + 1, clock)
                for source in sources.values():
                    source.beat()
    finally:
        for source in sources.values():
            source.pub.close()
            source.router.close()
        context.term()


if __name__ == "__main__":
    main()
