/**
 * A feed of user information transmission devices: the server side of GB/T 26875.3-2011 on TCP.
 *
 * Owns: connections, acknowledgement and denial, the numbering of what they say as a log of our own (one epoch a start).
 * Guarantees: a message is confirmed only when the journal has it, so that the device sends again what a crash took;
 *   what is sent again is confirmed and not counted twice; a damaged or strange message is denied and quarantined.
 * Refuses: plain TCP off the loopback unless the profile says `insecure` (the standard knows no encryption).
 */
import { createServer, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { receiveTime } from '../../contract/brand.ts';
import { QUARANTINE_RAW_BYTES, type Frame, type RejectReason } from '../../contract/frame.ts';
import type { TransmitterProfile } from '../../contract/site.ts';
import type { Feed, FeedDeps } from '../feed.ts';
import { COMMANDS, FrameCutter, makeFrame, type Cut, type GbFrame } from './frame.ts';
import { addressText, GbEvents, type Said } from './events.ts';
import { readObjects } from './objects.ts';

/** Devices retry within seconds; what comes again within this time is the same message. */
const AGAIN_MS = 120_000;
const MOST_CONNECTIONS = 2000;
/** Silence of a device for so long, and its line is asked whether it still stands. */
const PROBE_MS = 30_000;

interface Pending {
  socket: Socket;
  frame: GbFrame;
}

export const openTransmitters = (profile: TransmitterProfile, deps: FeedDeps): Feed => {
  const { source } = profile;
  const { clock, log } = deps;
  const epoch = `gb-${clock.now()}-${randomBytes(3).toString('hex')}`;
  const events = new GbEvents(profile.places);
  const sockets = new Set<Socket>();
  const pending = new Map<number, Pending>();
  /** What was said of late, with what came of it. */
  const seen = new Map<string, { seq: number; at: number; frames: Frame[] }>();
  let seq = 0;
  let keptUpTo = 0;
  let lastHeard = 0;
  let trouble = false;

  const answer = (socket: Socket, to: GbFrame, command: number): void => {
    if (socket.destroyed) return;
    const { source: from, destination } = to;
    socket.write(makeFrame({ ...to, source: destination, destination: from, command, data: Buffer.alloc(0) }));
  };
  const quarantine = (bytes: Buffer, reason: RejectReason, detail: string, topic: string): void => {
    const raw = bytes.subarray(0, QUARANTINE_RAW_BYTES);
    deps.reject({
      source,
      topic,
      epoch: null,
      seq: null,
      reason,
      path: '',
      detail,
      heard: receiveTime(clock.now()),
      raw,
    });
  };
  const deliver = (said: readonly Said[], ts: number): Frame[] => {
    const heard = receiveTime(clock.now());
    const frames: Frame[] = [];
    for (let from = 0; from < said.length;) {
      const { topic } = said[from] as Said;
      let to = from + 1;
      while (to < said.length && said[to]?.topic === topic) to += 1;
      const body = Buffer.from(JSON.stringify(said.slice(from, to).map(({ event }) => event)));
      const first = seq + 1;
      seq += to - from;
      frames.push({
        source,
        epoch,
        topic,
        seq: first,
        n: to - from,
        from: first,
        to: seq,
        ts,
        heard,
        manner: 'live',
        body,
      });
      from = to;
    }
    frames.forEach(deps.deliver);
    return frames;
  };
  const forgetOld = (now: number): void => {
    for (const [key, { at }] of seen) {
      if (now - at < AGAIN_MS) return;
      seen.delete(key);
    }
  };

  const take = (socket: Socket, frame: GbFrame, bytes: Buffer): void => {
    const now = clock.now();
    if (frame.command !== COMMANDS.send) return;
    const topic = `${source}.gb26875`;
    const read = readObjects(frame.data);
    if (!read.ok) {
      quarantine(bytes, 'shape', read.reason, topic);
      return answer(socket, frame, COMMANDS.deny);
    }
    forgetOld(now);
    const key = `${addressText(frame.source)}/${bytes.toString('base64')}`;
    const again = seen.get(key);
    if (again !== undefined) {
      // Heard, counted as a double, and forgotten.
      for (const one of again.frames) deps.deliver({ ...one, heard: receiveTime(now), manner: 'duplicate' });
      if (again.seq <= keptUpTo) answer(socket, frame, COMMANDS.confirm);
      else pending.set(again.seq, { socket, frame });
      return;
    }
    const said = read.objects.flatMap((object) => events.of(frame.source, object, bytes, now));
    const last = seq + said.length;
    if (said.length > 0) pending.set(last, { socket, frame });
    seen.set(key, { seq: last, at: now, frames: deliver(said, now) });
    if (said.length === 0) answer(socket, frame, COMMANDS.confirm);
  };
  const refuse = (socket: Socket, cut: Extract<Cut, { ok: false }>): void => {
    quarantine(cut.bytes, 'frames', `GB/T 26875.3 frame: ${cut.reason}`, `${source}.gb26875`);
    // Only a whole frame with a wrong sum has a serial to deny.
    if (cut.reason === 'checksum' && cut.head) answer(socket, cut.head, COMMANDS.deny);
  };

  const server = createServer((socket) => {
    if (sockets.size >= MOST_CONNECTIONS) return void socket.destroy();
    sockets.add(socket);
    socket.setKeepAlive(true, PROBE_MS);
    socket.setNoDelay(true);
    const cutter = new FrameCutter();
    socket.on('data', (bytes: Buffer) => {
      lastHeard = clock.now();
      for (const cut of cutter.push(bytes)) {
        if (cut.ok) take(socket, cut.frame, cut.bytes);
        else refuse(socket, cut);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', (error) => {
    trouble = true;
    log.error({ source, why: error.message }, `cannot listen on ${profile.listen}`);
  });
  const { hostname, port } = new URL(profile.listen);
  server.listen({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }, () => {
    log.info({ source, listen: profile.listen }, 'waiting for transmission devices');
  });

  return {
    source,
    encrypted: false,
    condition: () => ({
      link: sockets.size > 0 && !trouble ? 'live' : 'lost',
      ...{ lastHeard, epoch, lastSeq: seq, gapsHealed: 0, lagMs: 0, skewMs: 0, progress: null },
    }),
    kept(keptEpoch, to) {
      if (keptEpoch !== epoch || to <= keptUpTo) return;
      keptUpTo = to;
      for (const [last, { socket, frame }] of pending) {
        if (last > to) continue;
        pending.delete(last);
        answer(socket, frame, COMMANDS.confirm);
      }
    },
    command: () => Promise.resolve({ status: 'rejected', reason: 'a transmission device takes no orders' }),
    keyframe: () => undefined,
    watchCameras: () => undefined,
    broken: () => undefined,
    /** What the disk refused is taken again when the device sends it again. */
    forget(lostEpoch, ranges) {
      if (lostEpoch !== epoch) return;
      const lost = (last: number): boolean => ranges.some(([from, to]) => last >= from && last <= to);
      for (const [key, entry] of seen) if (lost(entry.seq)) seen.delete(key);
      for (const last of pending.keys()) if (lost(last)) pending.delete(last);
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
