/**
 * The scene as React sees it: one element that fills its parent.
 *
 * Owns: the life of the Cesium widget. Guarantees: S1, a lost context or a failed frame brings a new widget by a new key,
 *   again and again, with a growing pause; the eye returns to where it was; the rest of the page never notices. Another
 *   look (S20) is another life too: all of the city is painted anew.
 * Refuses: to draw before the bridge has said which site it is.
 */
import { Component, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { CesiumWidget, useCesium } from 'resium';
import type { CesiumWidget as Widget } from '@cesium/engine';
import { useDesign } from '../design/design.tsx';
import { grounds, type Look } from '../design/tokens.ts';
import { useFengsui, useView } from '../store/hooks.ts';
import { lookOutside } from './daylight.ts';
import type { Pose } from './eye.ts';
import { useLie, type Lie } from './lie.ts';
import { createStage, type Stage } from './stage.ts';
import { WIDGET } from './widget-options.ts';
import './scene.css';

/** First pause before a new life, and the longest; ms. The recovery must be over within 5 s. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1200;
/** A life that lasted this long was a good one: the next pause is short again. */
const GOOD_LIFE = 20_000;

/** How often the sun is looked at; ms. */
const SUN_MS = 60_000;

/** The look chosen by hand, or the sun's. */
const useLook = (): Look => {
  const { world } = useFengsui();
  const chosen = useView((view) => view.look);
  const [outside, setOutside] = useState<Look>('night');
  useEffect(() => {
    if (chosen !== 'sun') return undefined;
    const see = (): void => {
      const centre = world.site()?.centre;
      if (centre) setOutside(lookOutside(world.now(), centre.lon, centre.lat));
    };
    see();
    const timer = setInterval(see, SUN_MS);
    return () => clearInterval(timer);
  }, [chosen, world]);
  return chosen === 'sun' ? outside : chosen;
};

interface Kept {
  pose: Pose | null;
}

const StageOf = ({
  kept,
  failed,
  look,
  lie,
}: {
  kept: Kept;
  failed: (why: string) => void;
  look: Look;
  lie: Lie;
}): null => {
  const { cesiumWidget } = useCesium();
  const store = useFengsui();
  const { scale } = useDesign();
  const latest = useRef(scale);
  const stage = useRef<Stage | null>(null);
  useEffect(() => {
    latest.current = scale;
    stage.current?.loop.marked();
  }, [scale]);
  useEffect(() => {
    const widget = cesiumWidget as Widget | undefined;
    const host = widget?.container.closest<HTMLElement>('.scene');
    if (!widget || !host) return undefined;
    const { canvas } = widget;
    const lost = (event: Event): void => {
      event.preventDefault();
      failed('context lost');
    };
    canvas.addEventListener('webglcontextlost', lost);
    const stopErrors = widget.scene.renderError.addEventListener((_scene: unknown, error: unknown) =>
      failed(String(error)),
    );
    const made = createStage(widget, host, store, () => latest.current, grounds[look], lie);
    stage.current = made;
    if (kept.pose) made.controls.set(kept.pose);
    return () => {
      kept.pose = made.controls.pose();
      stage.current = null;
      canvas.removeEventListener('webglcontextlost', lost);
      stopErrors();
      made.dispose();
    };
  }, [cesiumWidget, store, kept, failed, look, lie]);
  return null;
};

/** No WebGL at all throws while the widget is made: caught here, tried again. */
class Guard extends Component<{ failed: (why: string) => void; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override componentDidCatch(error: unknown): void {
    this.props.failed(String(error));
  }
  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}

export const Scene = () => {
  const { world } = useFengsui();
  const look = useLook();
  const [life, setLife] = useState(0);
  const [greeted, setGreeted] = useState(world.site() !== null);
  const [kept] = useState<Kept>(() => ({ pose: null }));
  const born = useRef(0);
  const tries = useRef(0);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    if (greeted) return undefined;
    const timer = setInterval(() => setGreeted(world.site() !== null), 50);
    return () => clearInterval(timer);
  }, [greeted, world]);
  useEffect(() => {
    born.current = performance.now();
  }, [life]);
  useEffect(
    () => () => {
      if (pending.current) clearTimeout(pending.current);
    },
    [],
  );
  const lie = useLie(world);
  const failed = useCallback((why: string) => {
    if (pending.current) return;
    if (performance.now() - born.current > GOOD_LIFE) tries.current = 0;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries.current);
    tries.current += 1;
    console.warn(`scene: ${why}; again in ${pause} ms`);
    pending.current = setTimeout(() => {
      pending.current = null;
      setLife((n) => n + 1);
    }, pause);
  }, []);
  return (
    <div className="scene" data-life={life} data-look={look}>
      {greeted && lie && (
        <Guard key={`${life}/${look}`} failed={failed}>
          <CesiumWidget full {...WIDGET}>
            <StageOf kept={kept} failed={failed} look={look} lie={lie} />
          </CesiumWidget>
        </Guard>
      )}
    </div>
  );
};
