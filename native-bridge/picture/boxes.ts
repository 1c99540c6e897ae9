/**
 * Boxes: the boxes of each frame, gathered as the detections come.
 *
 * Owns: boxes heard since they were last taken, by camera and frame.
 * Guarantees: each box is told once, with all others of its frame that came with it; frames in the order of their time.
 * Refuses: boxes of a replay: they belong to no picture that is still to come.
 */
import type { CameraId } from '../contract/brand.ts';
import type { Box } from '../contract/port.ts';
import type { DetectionEvent } from '../contract/wire.ts';

export interface FrameBoxes {
  cameraId: CameraId;
  pts: number;
  boxes: Box[];
}
export interface Boxes {
  readonly hear: (event: DetectionEvent) => void;
  readonly take: () => FrameBoxes[];
}

export const createBoxes = (): Boxes => {
  const fresh = new Map<string, FrameBoxes>();
  return {
    hear: (event) => {
      const { id: detectionId, cameraId, pts, label, confidence, box } = event;
      const key = `${cameraId}/${pts}`;
      const frame = fresh.get(key) ?? { cameraId, pts, boxes: [] };
      fresh.set(key, frame);
      frame.boxes.push({ detectionId, label, confidence, box, track: String(event.track ?? label) });
    },
    take: () => {
      if (fresh.size === 0) return [];
      const frames = [...fresh.values()].sort((a, b) => a.pts - b.pts);
      fresh.clear();
      return frames;
    },
  };
};
