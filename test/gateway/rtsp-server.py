"""A real RTSP server with an encoder of its own: GStreamer, from Debian's packages. Knows nothing of this repository.

usage: rtsp-server.py <port, 0 for any free> <mount>...   prints {"port": N} when it listens.
A mount is one of MOUNTS below; each client gets the same running picture (shared media).
Needs: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
"""
import json
import os
import signal
import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PICTURE = "videotestsrc is-live=true pattern=smpte ! video/x-raw,width=320,height=240,framerate=15/1"
# The encoder's own taste: main profile, two slices a picture, a key frame every 20 pictures.
H264 = "x264enc speed-preset=ultrafast tune=zerolatency bframes=0 key-int-max=20 bitrate=300 option-string=slices=2"
MOUNTS = {
    # Parameter sets before every key frame.
    "plain": f"( {PICTURE} ! {H264} ! video/x-h264,profile=main ! rtph264pay name=pay0 config-interval=-1 )",
    # Parameter sets in the SDP only.
    "sdp-only": f"( {PICTURE} ! {H264} ! video/x-h264,profile=main,stream-format=avc ! rtph264pay name=pay0 config-interval=0 )",
    # Pictures in another order than they are shown.
    "b-frames": f"( {PICTURE} ! x264enc speed-preset=ultrafast bframes=2 b-adapt=false key-int-max=20 rc-lookahead=4"
    " sync-lookahead=0 ! video/x-h264,profile=main ! rtph264pay name=pay0 config-interval=-1 )",
    "h265": f"( {PICTURE} ! x265enc speed-preset=ultrafast tune=zerolatency key-int-max=20 bitrate=300 ! h265parse"
    " ! rtph265pay name=pay0 config-interval=-1 )",
    # Another size every three seconds, in flight.
    "resize": "( videotestsrc is-live=true ! capsfilter name=size caps=video/x-raw,width=320,height=240,framerate=15/1 ! "
    f"{H264} ! video/x-h264,profile=main ! rtph264pay name=pay0 config-interval=-1 )",
    # A camera that burns its clock into the picture, see Clock. Main profile, CABAC, noise that costs bits.
    "clock": "( appsrc name=src is-live=true format=time do-timestamp=true"
    " caps=video/x-raw,format=I420,width=640,height=360,framerate=15/1 ! x264enc speed-preset=ultrafast"
    " tune=zerolatency bframes=0 key-int-max=15 bitrate=900 option-string=cabac=1:slices=3"
    " ! video/x-h264,profile=main ! rtph264pay name=pay0 config-interval=-1 )",
}


class Clock:
    """Pictures of 640 x 360 whose number is the time: fifteenths of a second since 1970, the last twelve bits.

    At the bottom left eighteen cells of 10 pixels: white, black, twelve bits, four check bits (each four bits of the
    number and 1010 laid over one another). The field above is of the colour of number % 4. Above that: noise.
    """

    RATE = 15
    COLOURS = [(90, 90, 90), (90, 200, 100), (90, 100, 200), (160, 60, 120)]

    def __init__(self, source):
        self.source = source
        self.last = -1
        GLib.timeout_add(10, self.tick)

    def tick(self):
        number = int(time.time() * self.RATE)
        if number == self.last:
            return True
        self.last = number
        picture = Gst.Buffer.new_wrapped(self.drawn(number % 4096))
        return self.source.emit("push-buffer", picture) == Gst.FlowReturn.OK

    def drawn(self, n):
        y, u, v = self.COLOURS[n % 4]
        word = n << 4 | (n & 15 ^ n >> 4 & 15 ^ n >> 8 & 15 ^ 0b1010)
        cells = [1, 0] + [word >> bit & 1 for bit in range(15, -1, -1)]
        strip = bytes([60] * 8) + b"".join(bytes([235 if cell else 16] * 10) for cell in cells)
        noise, field = os.urandom(640 * 60), bytes([y]) * (640 * 282)
        mark = (strip + bytes([60]) * (640 - len(strip))) * 10
        luma = noise + field + mark + bytes([60]) * (640 * 8)
        return luma + bytes([128]) * (320 * 30) + bytes([u]) * (320 * 141) + bytes([128]) * (320 * 9) + (
            bytes([128]) * (320 * 30) + bytes([v]) * (320 * 141) + bytes([128]) * (320 * 9)
        )


class Factory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, mount):
        super().__init__()
        self.set_launch(MOUNTS[mount])
        self.set_shared(True)
        if mount == "resize":
            self.connect("media-configure", self.turn)
        if mount == "clock":
            self.connect("media-configure", lambda _, media: Clock(media.get_element().get_by_name("src")))

    def turn(self, _factory, media):
        size = media.get_element().get_by_name("size")
        wide = [False]

        def change():
            wide[0] = not wide[0]
            w, h = (480, 270) if wide[0] else (320, 240)
            size.set_property("caps", Gst.Caps.from_string(f"video/x-raw,width={w},height={h},framerate=15/1"))
            return True

        GLib.timeout_add(3000, change)


def main():
    port, mounts = sys.argv[1], sys.argv[2:]
    Gst.init(None)
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service=port)
    points = server.get_mount_points()
    for mount in mounts:
        # "camera=plain": the mount "plain" under the path /camera.
        path, _, kind = mount.rpartition("=")
        points.add_factory(f"/{path or kind}", Factory(kind))
    loop = GLib.MainLoop()
    if server.attach(None) == 0:
        sys.exit(f"port {port}: cannot listen")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    GLib.timeout_add(200, lambda: True)
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


main()
