// The real RTSP server of these tests (rtsp-server.py), from Debian's packages.
// Guarantees: installed by itself only as root with apt-get; otherwise `serverMissing` says what to install, and the tests
// that need it are skipped with that line.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installPackages } from '../../electron/launcher/debian.mjs';

/** Debian's own: the one that has python3-gi. */
const PYTHON = '/usr/bin/python3';
/** 22 MB to fetch: the server, its binding, and the encoders (x264 in ugly, x265 in bad, which comes along). */
const PACKAGES = [
  ...['gir1.2-gst-rtsp-server-1.0', 'python3-gi'],
  ...['gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-bad', 'gstreamer1.0-plugins-ugly'],
];
const CHECK = `
import gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ("videotestsrc", "x264enc", "x265enc", "rtph264pay", "rtph265pay"))
`;
const isThere = (): boolean => spawnSync(PYTHON, ['-c', CHECK]).status === 0;

/** Null when the server can run; else why not, with the command to copy. */
export async function serverMissing(): Promise<string | null> {
  if (isThere()) return null;
  try {
    await installPackages(PACKAGES, 'the gateway is tested against a real RTSP server');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return isThere() ? null : 'the RTSP server was installed and still does not run';
}

export class RtspServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }
  /** `mounts` as rtsp-server.py takes them: `plain`, or `camera=plain` for another path. */
  static async start(port: number, ...mounts: string[]): Promise<RtspServer> {
    const script = join(import.meta.dirname, 'rtsp-server.py');
    const child = spawn(PYTHON, [script, String(port), ...mounts], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit'),
    ])) as [unknown];
    if (typeof line !== 'string') throw new Error(`the RTSP server ended with ${String(line)}`);
    return new RtspServer(child, (JSON.parse(line) as { port: number }).port);
  }
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}
