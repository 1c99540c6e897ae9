// A stand-in for the `electron` module in unit tests: records what the shell asks of it.
// Owns: only what the shell uses. Refuses: to behave; tests emit the events themselves.
import { EventEmitter } from 'node:events';
import type { ForkOptions } from 'electron';
import { vi } from 'vitest';

export class FakeContents extends EventEmitter {
  handler: (() => unknown) | undefined;
  forcefullyCrashRenderer = vi.fn();
  reload = vi.fn();
  postMessage = vi.fn();
  executeJavaScript = vi.fn(() => Promise.resolve({ wall: 'live', boxed: 1 }));
  capturePage = vi.fn(() => Promise.resolve({ toPNG: () => Buffer.from('png') }));
  setWindowOpenHandler(handler: () => unknown): void {
    this.handler = handler;
  }
}

export class FakeWindow extends EventEmitter {
  static readonly opened: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: Record<string, unknown>;
  destroyed = false;
  loadURL = vi.fn((_url: string) => Promise.resolve());
  /** What became of it, in order. */
  readonly moves: string[] = [];
  setBounds = vi.fn(({ x }: { x: number }) => void this.moves.push(`to ${x}`));
  focus = vi.fn();
  hide = (): void => void this.moves.push('hide');
  showInactive = (): void => void this.moves.push('show');
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  close(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

export class FakeChild extends EventEmitter {
  static readonly forked: { entry: string; args: string[]; options: ForkOptions; child: FakeChild }[] = [];
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  pid: number | undefined = undefined;
  postMessage = vi.fn();
  kill = vi.fn(() => {
    queueMicrotask(() => this.emit('exit', 0));
    return true;
  });
}

export class FakeScreen extends EventEmitter {
  displays = [{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }];
  getAllDisplays = (): FakeScreen['displays'] => this.displays;
  getPrimaryDisplay = (): { id: number } => ({ id: 1 });
}

export const screen = new FakeScreen();
export const BrowserWindow = FakeWindow;
export const utilityProcess = {
  fork: vi.fn((entry: string, args: string[], options: ForkOptions) => {
    const child = new FakeChild();
    FakeChild.forked.push({ entry, args, options, child });
    return child;
  }),
};
export class MessageChannelMain {
  readonly port1 = { name: 'port1', close: vi.fn() };
  readonly port2 = { name: 'port2', close: vi.fn() };
}
export const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
