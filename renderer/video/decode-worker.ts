/**
 * The decode worker: several cameras in a thread of their own, so that a busy page delays no picture on its way out.
 *
 * Owns: its channels by camera. Guarantees: an unknown camera's messages are ignored, they are late.
 * Refuses: everything but the messages of `messages.ts`.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { clipOf } from '../../native-bridge/contract/clip-record.ts';
import { createChannel, TICK_MS, type Channel } from './channel.ts';
import type { PageMessage, ToWorker, WorkerMessage } from './messages.ts';
import { canvasScreen, trackScreen } from './screens.ts';

declare const self: DedicatedWorkerGlobalScope;

const channels = new Map<CameraId, Channel>();
/** Bridge time minus this machine's, as the newest unit told it. */
let ahead = 0;
const now = (): number => Date.now() + ahead;
const say = (message: PageMessage): void => self.postMessage(message);

const take: { [T in keyof ToWorker]: (message: ToWorker[T]) => void } = {
  open: ({ cameraId, screen, track, canvas }) => {
    const channel =
      channels.get(cameraId) ??
      createChannel(now, (status) => say({ t: 'status', cameraId, status }), clipOf(cameraId) !== null);
    channels.set(cameraId, channel);
    if (track) channel.add(screen, trackScreen(track));
    else if (canvas) channel.add(screen, canvasScreen(canvas));
  },
  plates: ({ screen, plates }) => {
    for (const channel of channels.values()) channel.plates(screen, plates);
  },
  pace: ({ cameraId, take: how }) => channels.get(cameraId)?.pace(how),
  close: ({ cameraId, screen }) => {
    const channel = channels.get(cameraId);
    if (!channel || channel.drop(screen) > 0) return;
    channel.close();
    channels.delete(cameraId);
  },
  unit: ({ header, data, now: at, sent }) => {
    ahead = at - sent;
    channels.get(header.cameraId)?.unit(header, data, at);
  },
  boxes: ({ cameraId, pts, boxes }) => channels.get(cameraId)?.boxes(pts, boxes),
};

self.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
  const handle = take[data.t] as (message: WorkerMessage) => void;
  handle(data);
};
setInterval(() => {
  for (const channel of channels.values()) channel.tick();
}, TICK_MS);
