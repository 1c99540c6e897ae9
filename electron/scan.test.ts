// Reads the shell's own sources and configuration: what was locked must not come open by a later line.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CONTENT_SECURITY_POLICY } from './lockdown.ts';

const root = resolve(import.meta.dirname, '..');
const sources = globSync('electron/*.ts', { cwd: root }).filter((file) => !/(\.test|-fake)\.ts$/.test(file));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What no line of the shell may say. */
const FORBIDDEN: [what: string, pattern: RegExp][] = [
  ['Node in a page', /nodeIntegration\w*:\s*true/],
  ['a page that shares our world', /contextIsolation:\s*false/],
  ['a page outside the sandbox', /sandbox:\s*false|no-sandbox/],
  ['no same-origin policy', /webSecurity:\s*false|allowRunningInsecureContent:\s*true/],
  ['webviews', /webviewTag:\s*true/],
  ['objects for the page', /exposeInMainWorld/],
  ['a door to the outside', /shell\.openExternal|\bremote\b\s*[.(]|setAsDefaultProtocolClient/],
  ['certificate errors waved through', /ignore-certificate-errors|certificate-error/],
  ['a bypassed policy', /bypassCSP:\s*true|unsafe-eval'(?<!wasm-unsafe-eval')/],
  ['pages from files or the network', /loadFile\(|loadURL\(\s*['"`](?:https?|file):/],
  ['text that becomes code', /executeJavaScript\(\s*(?!STATE\b)|\beval\(|new Function\(/],
  ['ipc beyond the one hand-over', /ipcMain\.handle\(/],
];

describe('E10 nothing that was locked comes open', () => {
  test('there is something to read', () => {
    expect(sources.length).toBeGreaterThan(8);
  });

  test.each(FORBIDDEN)('no %s', (_what, pattern) => {
    expect(sources.filter((file) => pattern.test(read(file)))).toEqual([]);
  });

  test('every window takes its preferences from the lockdown, in one place', () => {
    const opening = sources.filter((file) => /new (BrowserWindow|WebContentsView|BaseWindow)\(/.test(read(file)));
    expect(opening).toEqual(['electron/windows.ts']);
    expect(read('electron/windows.ts').match(/webPreferences: webPreferences\(/g)).toHaveLength(1);
    expect(sources.filter((file) => /contextIsolation/.test(read(file)))).toEqual(['electron/lockdown.ts']);
  });

  test('every ipc listener looks at its sender', () => {
    for (const file of sources) {
      const text = read(file);
      const heard = text.match(/ipcMain\.(on|once)\([\s\S]{0,200}/g) ?? [];
      for (const body of heard) expect(body, file).toContain('isOurSender(event.senderFrame)');
    }
  });

  test('lockdown comes before any window', () => {
    const text = read('electron/main.ts');
    expect(text.indexOf('lockApp(app)')).toBeGreaterThan(0);
    expect(text.indexOf('lockApp(app)')).toBeLessThan(text.indexOf('app.whenReady()'));
    expect(text.indexOf('lockSession(')).toBeLessThan(text.indexOf('openWindows('));
  });

  test('both policies forbid evaluated text, and the page of the loopback server differs only in its socket', () => {
    const meta = /Content-Security-Policy"\s+content="([^"]+)"/.exec(read('renderer/index.html'))?.[1] ?? '';
    const directives = (policy: string): string[] =>
      policy
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean);
    for (const policy of [meta, CONTENT_SECURITY_POLICY]) {
      const scripts = directives(policy).find((part) => part.startsWith('script-src'));
      expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval'");
      expect(directives(policy)).toContain("default-src 'none'");
    }
    // A <meta> policy cannot say who may frame the page; the socket is the loopback server's.
    const same = (policy: string): string[] =>
      directives(policy)
        .filter((part) => !/^(connect-src|frame-ancestors)/.test(part))
        .sort();
    expect(same(meta)).toEqual(same(CONTENT_SECURITY_POLICY));
    expect(directives(meta).find((part) => part.startsWith('connect-src'))).toMatch(
      /^connect-src 'self' blob: data: ws:\/\/127\.0\.0\.1:\* ws:\/\/localhost:\*$/,
    );
  });

  test('fuses as a release must have them', () => {
    const config: unknown = parse(read('electron-builder.yml'));
    expect(config).toMatchObject({
      asar: true,
      electronFuses: {
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        grantFileProtocolExtraPrivileges: false,
      },
    });
  });
});
