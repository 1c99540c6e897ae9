/**
 * Signing in: who is there, and the PIN.
 *
 * Owns: the two steps. Guarantees: the whole of it by keys; the PIN is never shown, leaves the page once, and is forgotten
 *   with the question; how long to wait after wrong ones is said. Refuses: to decide; the bridge compares.
 */
import { useEffect, useRef, useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useNow, useRecord, useView } from '../../store/hooks.ts';
import { Menu } from './menu.tsx';

type Person = { id: string; name: string };

const Pin = ({ person, triesFrom, leave }: { person: Person; triesFrom: number; leave: () => void }) => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words, format } = useDesign();
  const now = useNow();
  const [pin, setPin] = useState('');
  const [state, setState] = useState<'typing' | 'asked' | 'wrong'>('typing');
  const line = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    line.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.stopPropagation();
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || pin === '' || state === 'asked') return;
    event.preventDefault();
    setState('asked');
    duty.signIn(person.id, pin, leave, () => setState('wrong'));
    setPin('');
  };
  const waits = triesFrom > now;
  return (
    <div
      className="ask"
      role="dialog"
      aria-modal="true"
      aria-label={words.access.pin}
      onKeyDown={pressed}
      data-testid="ask"
    >
      <h2>{person.name}</h2>
      <p className="cut">{words.access.about}</p>
      <input
        ref={line}
        className="ask-pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        value={pin}
        readOnly={state === 'asked'}
        aria-label={words.access.pin}
        onChange={(event) => {
          setPin(event.target.value.replace(/\D/g, ''));
          setState('typing');
        }}
        data-testid="pin"
      />
      <p className={waits || state === 'wrong' ? 'plate' : 'quiet'} role="status">
        {waits
          ? words.access.wait(format.span(triesFrom - now))
          : state === 'wrong'
            ? words.access.wrong
            : words.access.hint}
      </p>
    </div>
  );
};

export const Unlock = () => {
  const store = useFengsui();
  const { duty } = deskOf(store);
  const { words } = useDesign();
  const role = useView((view) => view.role);
  const seat = useRecord('seat', role);
  const [person, setPerson] = useState<Person | null>(null);
  const people = seat?.people ?? [];
  if (person) return <Pin person={person} triesFrom={seat?.triesFrom ?? 0} leave={duty.closeAsk} />;
  return (
    <Menu
      key="who"
      question={words.access.who}
      about={people.length === 0 ? words.access.nobody : words.access.about}
      answers={people.map((one) => ({ id: one.id, text: `${one.name} · ${words.access.role[one.role]}` }))}
      choose={(id) => setPerson(people.find((one) => one.id === id) ?? null)}
      leave={duty.closeAsk}
    />
  );
};
