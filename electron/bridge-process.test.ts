import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeChild } from './electron-fake.ts';
import { GLIBC, NODE_FLAGS } from './launcher/bridge-memory.ts';

vi.mock('electron', () => import('./electron-fake.ts'));
const { startBridge } = await import('./bridge-process.ts');

beforeEach(() => {
  vi.useFakeTimers();
  FakeChild.forked.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('E5 the bridge comes back by itself', () => {
  const start = () => {
    const seen = { ready: vi.fn(), line: vi.fn(), fatal: vi.fn() };
    const bridge = startBridge({
      entry: '/app/bridge.js',
      profile: '/p.yaml',
      data: '/d',
      port: 0,
      onReady: seen.ready,
      onLine: seen.line,
      onFatal: seen.fatal,
    });
    return { bridge, seen };
  };
  const life = (index: number): FakeChild => {
    const found = FakeChild.forked[index];
    if (!found) throw new Error(`no life ${String(index)}`);
    return found.child;
  };
  const ready = (child: FakeChild): void => {
    child.stdout.emit('data', Buffer.from('{"ready":true,"port":4711,"token":"t","url":"u","windows":[]}\n'));
  };

  test('L21 with bounded memory, in every life', async () => {
    start();
    ready(life(0));
    life(0).emit('exit', 9);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeChild.forked).toHaveLength(2);
    for (const { options } of FakeChild.forked) {
      expect(options.execArgv).toEqual(NODE_FLAGS);
      expect(options.env).toMatchObject(GLIBC);
    }
  });
  test('with the same port and token, after a bounded wait', async () => {
    const { seen } = start();
    ready(life(0));
    expect(seen.ready).toHaveBeenCalledOnce();
    life(0).emit('exit', 9);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeChild.forked[1]?.args).toEqual([
      '--profile',
      '/p.yaml',
      '--data',
      '/d',
      '--port',
      '4711',
      '--token',
      't',
    ]);
    life(1).emit('exit', 9);
    await vi.advanceTimersByTimeAsync(249);
    expect(FakeChild.forked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeChild.forked).toHaveLength(3);
  });

  test('exit code 2 at the first start is told and not tried again', async () => {
    const { seen } = start();
    life(0).stderr.emit('data', Buffer.from('site.yaml: id: is missing; add one\n'));
    life(0).emit('exit', 2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.fatal).toHaveBeenCalledWith('site.yaml: id: is missing; add one');
    expect(FakeChild.forked).toHaveLength(1);
  });

  test('exit code 2 of a bridge that stood before never ends the wall: it is told and tried until it is mended', async () => {
    const { seen } = start();
    ready(life(0));
    life(0).emit('exit', 9);
    await vi.advanceTimersByTimeAsync(0);
    life(1).stderr.emit('data', Buffer.from('site.yaml: id: is missing; add one\n'));
    life(1).emit('exit', 2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.fatal).not.toHaveBeenCalled();
    expect(seen.line).toHaveBeenCalledWith(
      'the bridge is gone (site.yaml: id: is missing; add one); it is started again',
    );
    expect(FakeChild.forked).toHaveLength(3);
  });

  test('a life that hangs before it is ready is killed outright, the first as well as a later one; one that stands is not', async () => {
    const killed = vi.spyOn(process, 'kill').mockReturnValue(true);
    start();
    for (const [index, pid] of [4001, 4002].entries()) {
      const hung = life(index);
      hung.pid = pid;
      await vi.advanceTimersByTimeAsync(59_000);
      expect(killed).toHaveBeenCalledTimes(index);
      await vi.advanceTimersByTimeAsync(2000);
      expect(killed).toHaveBeenLastCalledWith(pid, 'SIGKILL');
      hung.emit('exit', 9);
      await vi.advanceTimersByTimeAsync(250);
    }
    ready(life(2));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(killed).toHaveBeenCalledTimes(2);
    killed.mockRestore();
  });

  test('a viewer gets a port of its own; while the bridge is away that port is closed at once', () => {
    const { bridge } = start();
    const early = bridge.openViewer();
    expect(early).toMatchObject({ name: 'port2' });
    expect(life(0).postMessage).not.toHaveBeenCalled();
    ready(life(0));
    bridge.openViewer();
    expect(life(0).postMessage).toHaveBeenCalledWith({ type: 'viewer' }, [expect.objectContaining({ name: 'port1' })]);
  });

  test('stop ends it and nothing is revived', async () => {
    const { bridge } = start();
    ready(life(0));
    await bridge.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(life(0).kill).toHaveBeenCalledOnce();
    expect(FakeChild.forked).toHaveLength(1);
  });
});
