/**
 * The line of a field headquarters: what it carries by source, its budget, what video may have.
 *
 * Owns: this bar, and giving video its share while it stands. Guarantees: F2; figures are those the bridge measured, of content
 *   alone, and say so; the budget goes down a step by one key or a touch. Refuses: to hold back anything but video.
 */
import { useEffect } from 'react';
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useLive, useView } from '../../store/hooks.ts';
import { bitsText, carriedOf, leftFor, videoShare } from './net-data.ts';
import './net.css';

export const NetBar = () => {
  const store = useFengsui();
  const { words } = useDesign();
  const { net } = words.modes;
  const budget = useView((view) => view.network);
  const carried = carriedOf(useLive('feed', 1000).values());
  const left = budget === null ? null : leftFor(budget, carried);
  const video = left?.video ?? null;
  useEffect(() => {
    store.view.setState(({ videoBudget: held }) => ({ videoBudget: video === null ? null : videoShare(held, video) }));
  }, [store, video]);
  // What another layout shows is its own affair.
  useEffect(() => () => store.view.setState({ videoBudget: null }), [store]);
  return (
    <section className="panel net" aria-label={net.title} data-testid="net" data-budget={budget ?? ''} title={net.only}>
      <span>
        {net.carries}{' '}
        <span className="value" data-testid="net-carried">
          {carried.bound ? '≥ ' : ''}
          {bitsText(carried.bits)}
        </span>
      </span>
      {carried.by.map(({ id, bits }) => (
        <span key={id} className="net-source">
          {word(words.link.short, id)} <span className="value">{bits === null ? net.unknown : bitsText(bits)}</span>
        </span>
      ))}
      <button type="button" className="push" onClick={deskOf(store).mode.network} data-testid="act-network">
        <kbd>-</kbd>
        {net.budget} <span className="value">{budget === null ? net.noBudget : bitsText(budget * 1000)}</span>
      </button>
      {left && left.over === 0 && <span>{net.left(bitsText(left.video))}</span>}
      {left && left.over > 0 && (
        <span className="plate" data-testid="net-over">
          {net.over(bitsText(left.over))}
        </span>
      )}
    </section>
  );
};
