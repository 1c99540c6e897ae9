/**
 * A display of nothing but video.
 *
 * Owns: where the tiles stand in a window of the view `video`, and that its marks stay in sight. Guarantees: every key and
 * mark of the duty wall is here too; the tiles take all the room that is left. Refuses: the map.
 */
import { useEffect } from 'react';
import { TopBar } from './panels/bar/top-bar.tsx';
import { Help } from './panels/keys/help.tsx';
import { LinkBar } from './panels/links/link-bar.tsx';
import { Notices } from './panels/notices/notices.tsx';
import { useFengsui } from './store/hooks.ts';
import { VideoGrid } from './video/video-grid.tsx';
import './video-wall.css';

export const VideoWall = ({ canSound }: { canSound: boolean }) => {
  const { view } = useFengsui();
  // There is no scene to wait for: the window is complete when its tiles stand.
  useEffect(() => view.setState({ sceneDrawn: true }), [view]);
  return (
    <main className="video-wall">
      <TopBar canSound={canSound} />
      <div className="video-wall-tiles island" data-testid="video-grid">
        <VideoGrid fill />
        <Notices />
        <Help />
      </div>
      <LinkBar />
    </main>
  );
};
