// The real RTSP server of these tests (rtsp-server.py), from Debian's packages, which `npm test` installs.
// Guarantees: without them `serverMissing` says what to install, and the tests that need it are skipped with that line.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's own: the one that has python3-gi. */
const PYTHON = '/usr/bin/python3';
const CHECK = `
import gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ("videotestsrc", "x264enc", "x265enc", "rtph264pay", "rtph265pay"))
`;
const isThere = (): boolean => spawnSync(PYTHON, ['-c', CHECK]).status === 0;

/** Null when the server can run; else why not, with what would bring it. */
export const serverMissing = (): string | null =>
  isThere() ? null : 'no RTSP server on this machine; `npm test` as root installs its packages';

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
