/**
 * The stage: serves the built page and plays a scripted world to it over the port protocol.
 *
 * Owns: one loopback server. Guarantees: S1, S2 of the README. Refuses: every command, so that refusals can be seen,
 * except acknowledge.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Packr, Unpackr } from 'msgpackr';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { clock } from '../../native-bridge/contract/brand.ts';
import type { BridgeMessage, Puts, SiteCard, ViewerMessage } from '../../native-bridge/contract/port.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { duty, dutyCard } from './duty.ts';
import { feeds, type SceneName } from './links.ts';
import { world } from './people.ts';

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: 'dist/renderer' },
    site: { type: 'string', default: 'resources/sites/demo' },
    port: { type: 'string', default: '7790' },
    distance: { type: 'string', default: '0.6' },
    pitch: { type: 'string', default: '0.25' },
    scene: { type: 'string', default: 'evening' },
    locale: { type: 'string', default: 'zh' },
  },
});
const scene = values.scene as SceneName;
const card: SiteCard = {
  id: 'stage',
  name: { zh: '绍兴市上虞区应急联动指挥中心', en: 'Shangyu Emergency Linkage Command Centre' },
  synthetic: true,
  locale: values.locale === 'en' ? 'en' : 'zh',
  timezone: 'Asia/Shanghai',
  centre: { lon: 120.87, lat: 30.03 },
  viewing: { distance: Number(values.distance), pixelPitch: Number(values.pitch) },
  siteUrl: '/site',
  cityUrl: null,
  windows: [],
  departments: [
    { id: 'power', zh: '供电', en: 'Power' },
    { id: 'health', zh: '卫健', en: 'Health' },
  ],
  thresholds: {},
  duty: dutyCard,
};

const page = sirv(values.dist, { dev: true });
const site = sirv(values.site, { dev: true });
const server = createServer((request, response) => {
  const missing = (): void => void response.writeHead(404).end();
  if (request.url?.startsWith('/site/')) {
    request.url = request.url.slice(5);
    site(request, response, missing);
  } else page(request, response, missing);
});
const sockets = new WebSocketServer({ server, path: '/port', handleProtocols: (offered) => [...offered][0] ?? false });
const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });

sockets.on('connection', (socket) => {
  let n = 1;
  const started = Date.now();
  const played = world(started, scene);
  const desk = duty(started);
  const held: Puts = { ...played, ...desk, task: [...(played.task ?? []), ...(desk.task ?? [])] };
  const say = (message: ViewerMessage): void => socket.send(packr.pack(message));
  const put = (puts: Partial<typeof held>): void => {
    say({ t: 'delta', from: clock(n), clock: clock(++n), puts, removes: {}, coalesced: 0, now: Date.now() });
  };
  socket.on('message', (data: Buffer) => {
    const message = unpackr.unpack(data) as BridgeMessage;
    if (message.t === 'hello') {
      say({ t: 'welcome', version: '0', run: String(started), now: Date.now(), drill: true, site: card });
      say({ t: 'wipe', clock: clock(n), now: Date.now(), puts: held, more: false });
    } else if (message.t === 'command') {
      if (message.name !== 'acknowledge')
        return say({
          t: 'answer',
          id: message.id,
          ok: false,
          code: 'forbidden',
          error: 'the stage acknowledges only',
        });
      const ids = new Set((message.args as { alarmIds: string[] }).alarmIds);
      const changed = (held.alarm ?? [])
        .filter((alarm) => ids.has(alarm.id))
        .map((alarm): AlarmRecord => ({ ...alarm, state: 'acknowledged' }));
      held.alarm = (held.alarm ?? []).map((alarm) => changed.find((one) => one.id === alarm.id) ?? alarm);
      put({ alarm: changed });
      say({ t: 'answer', id: message.id, ok: true, result: { acknowledged: changed.length, orderIds: [] } });
    }
  });
  const timer = setInterval(() => put({ feed: feeds(Date.now(), scene, started) }), 1000);
  socket.on('close', () => clearInterval(timer));
});
server.listen(Number(values.port), '127.0.0.1', () =>
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${values.port}/#token=stage` })),
);
