/**
 * A window of the console.
 *
 * Owns: which view stands in it, and what every view has: its language, its scale, its keys, the bar of the past.
 * Refuses: to know what a view shows.
 */
import { useEffect, type ReactNode } from 'react';
import { PROFILE_DEFAULTS } from '../native-bridge/contract/site.ts';
import { DesignProvider } from './design/design.tsx';
import { listenForKeys } from './panels/keys/keyboard.ts';
import { PastBar, PastFrame } from './panels/past/past-bar.tsx';
import { useSound } from './panels/sound/use-sound.ts';
import { deskOf } from './store/desk.ts';
import { useFengsui, useView } from './store/hooks.ts';
import { Consultation } from './consultation.tsx';
import { DutyWall } from './duty-wall.tsx';
import { Field } from './field.tsx';
import { OwnDisplay } from './own-display.tsx';
import { useScale } from './use-scale.ts';
import { VideoWall } from './video-wall.tsx';
import './app.css';

export const App = () => {
  const store = useFengsui();
  const locale = useView((view) => view.locale);
  // Read again at every change of the connection: the site's card comes with the welcome.
  useView((view) => view.connection);
  const mode = useView((view) => view.mode);
  const canSound = useSound();
  const site = store.world.site();
  const isPast = useView((view) => view.past?.time != null);
  const theme = useView((view) => view.theme);
  const scale = useScale(site?.viewing ?? PROFILE_DEFAULTS.viewing, isPast, theme);

  useEffect(() => listenForKeys(window, deskOf(store)), [store]);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  }, [locale]);

  const view = (): ReactNode => {
    if (mode === 'consultation') return <Consultation canSound={canSound} />;
    if (mode === 'field') return <Field canSound={canSound} />;
    if (mode === 'video') return <VideoWall canSound={canSound} />;
    if (mode === 'map' || mode === 'alarms' || mode === 'board') return <OwnDisplay part={mode} canSound={canSound} />;
    return <DutyWall canSound={canSound} />;
  };
  return (
    <DesignProvider locale={locale} timezone={site?.timezone ?? PROFILE_DEFAULTS.timezone} scale={scale}>
      <div className="window">
        {view()}
        <PastBar />
        <PastFrame />
      </div>
    </DesignProvider>
  );
};
