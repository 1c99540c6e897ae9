// What the launcher may ask of a running shell, one JSON line each on standard input: a picture, or a fresh page.
// Guarantees: a line that is no request is ignored; a picture is answered by a file beside it, always.
import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { lines } from './launcher/lines.ts';

interface SnapshotRequest {
  readonly file: string;
  /** Epoch ms. */
  readonly deadline: number;
  readonly answer: string;
}

const LOOK_MS = 200;
const BOX_WAIT_MS = 60_000;
const STATE =
  '({ wall: document.documentElement.dataset.wall, boxed: Number(document.documentElement.dataset.boxed ?? 0) })';

interface WallState {
  readonly live: boolean;
  readonly boxed: number;
}

const look = async (window: BrowserWindow): Promise<WallState> => {
  const state: unknown = await window.webContents.executeJavaScript(STATE).catch(() => undefined);
  if (typeof state !== 'object' || state === null) return { live: false, boxed: 0 };
  const wall = 'wall' in state ? state.wall : undefined;
  const boxed = 'boxed' in state ? Number(state.boxed) : 0;
  return { live: wall === 'live', boxed };
};

const snapshot = async (window: BrowserWindow, request: SnapshotRequest): Promise<void> => {
  let state = await look(window);
  while (!state.live && Date.now() < request.deadline) {
    await sleep(LOOK_MS);
    state = await look(window);
  }
  const boxDeadline = Math.min(request.deadline, Date.now() + BOX_WAIT_MS);
  while (state.boxed === 0 && Date.now() < boxDeadline) {
    await sleep(LOOK_MS);
    state = await look(window);
  }
  const image = await window.webContents.capturePage();
  await writeFile(request.file, image.toPNG());
  // Who waits for it reads it as soon as it is there.
  await writeFile(`${request.answer}.part`, JSON.stringify(state));
  await rename(`${request.answer}.part`, request.answer);
};

/** Calls `live` once, when the first window is drawn and every feed live. */
export const whenLive = async (windows: () => BrowserWindow[], live: () => void): Promise<void> => {
  for (;;) {
    const [first] = windows();
    if (first && !first.isDestroyed() && (await look(first)).live) break;
    await sleep(LOOK_MS);
  }
  live();
};

const parse = (line: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** @param input standard input. @param windows those open at the moment of the request */
export const hearRequests = (
  input: NodeJS.ReadableStream,
  windows: () => BrowserWindow[],
  note: (text: string) => void,
): void => {
  const heard = lines((line) => {
    const request = parse(line);
    const [first] = windows();
    if (!first) return;
    if (request['do'] === 'refresh') for (const window of windows()) window.webContents.reload();
    const { file, deadline, answer } = request;
    if (request['do'] !== 'snapshot' || typeof file !== 'string' || typeof answer !== 'string') return;
    snapshot(first, { file, deadline: Number(deadline), answer }).catch((error: unknown) => {
      note(`no picture: ${String(error)}`);
    });
  });
  input.on('data', (chunk: Buffer) => {
    heard.push(chunk.toString());
  });
  input.on('error', () => {});
};
