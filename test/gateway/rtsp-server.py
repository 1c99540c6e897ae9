"""A real RTSP server with an encoder of its own: GStreamer, from Debian's packages. Knows nothing of this repository.

usage: rtsp-server.py <port, 0 for any free> <mount>...   prints {"port": N} when it listens.
A mount is one of MOUNTS below; each client gets the same running picture (shared media).
Needs: gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
"""
import json
import signal
import sys

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
}


class Factory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, mount):
        super().__init__()
        self.set_launch(MOUNTS[mount])
        self.set_shared(True)
        if mount == "resize":
            self.connect("media-configure", self.turn)

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
