import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { backoff } from './backoff.ts';
import { keep, type KeepOptions } from './keep.ts';
import { lines, readyLine } from './lines.ts';

const child = (code: string, more: Partial<KeepOptions> = {}): KeepOptions => {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-keep-'));
  writeFileSync(join(dir, 'child.mjs'), code);
  return {
    name: 'the child',
    args: () => [join(dir, 'child.mjs')],
    cwd: dir,
    log: join(dir, 'log/child.log'),
    ...more,
  };
};
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const LIVING = `console.log(JSON.stringify({ ready: true, pid: process.pid })); setInterval(() => {}, 1000);`;

describe('L3 a child is kept alive and never left behind', () => {
  test('ready is told, output is logged, stop leaves nothing running', async () => {
    const options = child(`console.error('to the log'); ${LIVING}`);
    const kept = keep(options);
    const pid = Number((await kept.ready)['pid']);
    expect(alive(pid)).toBe(true);
    await kept.stop();
    expect(alive(pid)).toBe(false);
    expect(readFileSync(options.log, 'utf8')).toContain('to the log');
  });

  test('what its environment has beside ours reaches it', async () => {
    const kept = keep(
      child(
        `console.log(JSON.stringify({ ready: true, own: process.env.OWN, path: process.env.PATH !== undefined }));
             setInterval(() => {}, 1000);`,
        { env: { OWN: 'yes' } },
      ),
    );
    expect(await kept.ready).toMatchObject({ own: 'yes', path: true });
    await kept.stop();
  });

  test('killed: revived, and told so', async () => {
    const pids: number[] = [];
    const gone: string[] = [];
    const kept = keep(
      child(LIVING, { onReady: (r) => pids.push(Number(r['pid'])), onGone: (detail) => gone.push(detail) }),
    );
    await kept.ready;
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await vi.waitFor(() => {
      expect(pids).toHaveLength(2);
    }, 20_000);
    expect(gone).toEqual(['SIGKILL']);
    await kept.stop();
    expect(alive(pids[1] ?? 0)).toBe(false);
  });

  test('a child that ignores SIGTERM is killed after the grace time', async () => {
    const kept = keep(child(`process.on('SIGTERM', () => {}); ${LIVING}`));
    const pid = Number((await kept.ready)['pid']);
    await kept.stop();
    expect(alive(pid)).toBe(false);
  }, 10_000);

  test('exit code 2 is a message for people and is not tried again', async () => {
    const kept = keep(child(`console.error('site.yaml: feeds: must be a list; write a list'); process.exit(2);`));
    await expect(kept.ready).rejects.toMatchObject({
      exitCode: 2,
      message: 'site.yaml: feeds: must be a list; write a list',
    });
    await kept.stop();
  });

  test('a child that never starts is given up, with its last words', async () => {
    const kept = keep(child(`console.error('no such thing'); process.exit(7);`));
    await expect(kept.ready).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('no such thing') as string,
    });
    await kept.stop();
  });

  test('a first life that hangs is killed and told', async () => {
    const kept = keep(child(`setInterval(() => {}, 1000);`, { readyTimeoutMs: 1500 }));
    const pid = kept.pid() ?? 0;
    await expect(kept.ready).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^the child: is not ready after 1.5 s; see .*child\.log$/) as string,
    });
    expect(alive(pid)).toBe(false);
    await kept.stop();
  });

  test('what cannot be begun is told with its reason', async () => {
    const kept = keep(child(LIVING, { cwd: '/nowhere' }));
    await expect(kept.ready).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('cannot be started: spawn') as string,
    });
    await kept.stop();
  });

  test('exit code 2 of a later life is told and tried again until what was spoilt is mended', async () => {
    const gone: string[] = [];
    const ready: number[] = [];
    const options = child(
      `import { existsSync, writeFileSync } from 'node:fs';
       if (existsSync('third')) { ${LIVING} }
       else if (existsSync('second')) { writeFileSync('third', ''); console.error('worse'); process.exit(2); }
       else { writeFileSync('second', ''); console.log('{"ready":true,"pid":0}'); setTimeout(() => process.exit(1), 50); }`,
      {
        onGone: (detail) => gone.push(detail),
        onReady: (r) => ready.push(Number(r['pid'])),
      },
    );
    const kept = keep(options);
    await kept.ready;
    await vi.waitFor(() => {
      expect(ready).toHaveLength(2);
    }, 20_000);
    expect(gone).toEqual(['exit code 1', 'worse']);
    await kept.stop();
  });

  test('a later life that hangs before it is ready is killed and tried again', async () => {
    const ready: number[] = [];
    const options = child(
      `import { existsSync, writeFileSync } from 'node:fs';
       if (existsSync('third')) { ${LIVING} }
       else if (existsSync('second')) { writeFileSync('third', ''); setInterval(() => {}, 1000); }
       else { writeFileSync('second', ''); console.log('{"ready":true,"pid":0}'); setTimeout(() => process.exit(1), 50); }`,
      { onReady: (r) => ready.push(Number(r['pid'])), readyTimeoutMs: 1500 },
    );
    const kept = keep(options);
    await kept.ready;
    await vi.waitFor(() => {
      expect(ready).toHaveLength(2);
    }, 20_000);
    await kept.stop();
  });

  test('the launcher killed outright: its child ends by itself', async () => {
    const inner = child(LIVING);
    const outer = child(
      `import { keep } from ${JSON.stringify(new URL('./keep.ts', import.meta.url).href)};
       const kept = keep({ name: 'inner', args: () => [${JSON.stringify(inner.args()[0])}], cwd: '.', log: 'inner.log' });
       const { pid } = await kept.ready;
       console.log(JSON.stringify({ ready: true, inner: pid }));`,
    );
    const kept = keep(outer);
    const innerPid = Number((await kept.ready)['inner']);
    expect(alive(innerPid)).toBe(true);
    process.kill(kept.pid() ?? 0, 'SIGKILL');
    await vi.waitFor(() => {
      expect(alive(innerPid)).toBe(false);
    }, 20_000);
    await kept.stop();
  });
});

describe('L4 revival waits are bounded', () => {
  test('at once, then doubling to the bound', () => {
    const pause = backoff(2000);
    expect([1, 1, 1, 1, 1, 1, 1].map((lived) => pause.next(lived))).toEqual([0, 250, 500, 1000, 2000, 2000, 2000]);
  });

  test('a long healthy life forgets', () => {
    const pause = backoff();
    pause.next(1);
    pause.next(1);
    expect(pause.next(60_000)).toBe(0);
  });
});

describe('L5 lines come whole', () => {
  test('chunks cut anywhere', () => {
    const seen: string[] = [];
    const cut = lines((line) => seen.push(line));
    for (const chunk of ['a', 'b\nc\r\n', '', 'd']) cut.push(chunk);
    expect(seen).toEqual(['ab', 'c']);
    cut.end();
    expect(seen).toEqual(['ab', 'c', 'd']);
  });

  test.each(['', 'text', '{"ready":false}', '{"ready":', '[1]', '{"level":30,"msg":"ready"}'])(
    '%j is no ready line',
    (line) => {
      expect(readyLine(line)).toBeUndefined();
    },
  );
});
