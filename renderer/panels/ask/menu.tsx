/**
 * One question with numbered answers.
 *
 * Owns: the keys while it stands. Guarantees: a number answers, Enter takes the one that is marked, Escape leaves it
 *   unasked; the focus is held inside and given back. Refuses: to act; it hands the answer on.
 */
import { useEffect, useRef, useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import './ask.css';

const KEYS = '123456789abcdefghijk';

export interface Answer {
  id: string;
  text: string;
}
interface Props {
  question: string;
  /** What it is about. */
  about: string;
  answers: readonly Answer[];
  choose: (id: string) => void;
  leave: () => void;
}

export const Menu = ({ question, about, answers, choose, leave }: Props) => {
  const { words } = useDesign();
  const box = useRef<HTMLDivElement | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && !event.key.startsWith('Arrow')) return;
    if (event.key === 'Escape') return leave();
    if (event.key === 'ArrowDown') return setAt((now) => Math.min(answers.length - 1, now + 1));
    if (event.key === 'ArrowUp') return setAt((now) => Math.max(0, now - 1));
    const chosen = event.key === 'Enter' ? answers[at] : answers[KEYS.indexOf(event.key.toLowerCase())];
    if (chosen && (event.key === 'Enter' || event.key.length === 1)) choose(chosen.id);
  };
  return (
    <div
      className="ask"
      role="dialog"
      aria-modal="true"
      aria-label={question}
      tabIndex={-1}
      ref={box}
      onKeyDown={pressed}
      data-testid="ask"
    >
      <h2>{question}</h2>
      <p className="cut">{about}</p>
      <ol data-many={answers.length > 6}>
        {answers.map((answer, i) => (
          <li key={answer.id} data-at={i === at}>
            <button type="button" tabIndex={-1} onClick={() => choose(answer.id)} data-answer={answer.id}>
              <kbd>{KEYS[i]?.toUpperCase()}</kbd>
              <span>{answer.text}</span>
            </button>
          </li>
        ))}
      </ol>
      <p className="quiet">{words.ask.hint}</p>
    </div>
  );
};
