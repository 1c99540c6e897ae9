#!/usr/bin/env python3
"""The publisher of publisher.c with python3-zmq, for machines without a compiler: same arguments, same words."""
import struct
import sys
import time

import zmq

bodies_file, batch, messages, rate = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
bodies = []
with open(bodies_file, "rb") as file:
    while head := file.read(4):
        bodies.append(file.read(struct.unpack("<I", head)[0]))
context = zmq.Context()
pub, router = context.socket(zmq.PUB), context.socket(zmq.ROUTER)
for socket in (pub, router):
    socket.sndhwm = 2000
    if len(sys.argv) > 5:
        socket.curve_server, socket.curve_secretkey = True, sys.argv[5].encode()
pub.setsockopt(zmq.XPUB_NODROP, 1)
for socket in (pub, router):
    socket.bind("tcp://127.0.0.1:*")
print(pub.last_endpoint.decode(), router.last_endpoint.decode(), flush=True)
seq = 0


def now():
    return int(time.time() * 1000)


def answer():
    address, ident = router.recv_multipart()[:2]
    router.send_multipart([address, ident, b"end", b'{"epoch":"bench","seq":%d}' % seq])


answer()
time.sleep(0.3)
begun = beat = time.monotonic()
for i in range(messages):
    if rate:
        while seq / rate > time.monotonic() - begun:
            time.sleep(0.0005)
    head = b'{"v":1,"epoch":"bench","seq":%d,"n":%d,"ts":%d}' % (seq + 1, batch, now())
    pub.send_multipart([b"fire-iot.reading", head, bodies[i % len(bodies)]])
    seq += batch
while True:
    pub.send_multipart([b"fire-iot.hb", b'{"v":1,"epoch":"bench","seq":%d,"n":0,"ts":%d}' % (seq, now())])
    while router.poll(1000):
        answer()
