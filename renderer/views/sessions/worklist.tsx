/** Records that wait for a signature, above the list of sessions. */
import { useEffect, useState } from 'react';
import type { WorklistItem } from '../../../core/api/people-views.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { sessionHash } from '../../view-model/route.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import { WORK_TEXT as TEXT } from './sign-off-text.ts';

/** What is shown before one has to scroll the list away. */
const SHOWN = 8;

export const Worklist = () => {
  const { link } = useApp();
  const identity = useWindow((state) => state.identity);
  const role = identity?.person?.role ?? null;
  const mayRead = identity?.state === 'signed-in' && mayHere(identity, 'read-patients');
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [items, setItems] = useState<readonly WorklistItem[]>([]);
  const { run } = useAction();
  useEffect(() => {
    if (connection === 0 || !mayRead) return;
    start(
      run(() => link.call('record.worklist', {})).then((list) => (list === null ? null : setItems(list))),
    );
  }, [connection, mayRead, link, run]);
  if (!mayRead || items.length === 0) return null;
  const mine = (item: WorklistItem): boolean => item.waitsFor === role;
  const sorted = [...items].sort((a, b) => Number(mine(b)) - Number(mine(a)) || a.openedAt - b.openedAt);
  return (
    <section className="panel worklist" data-testid="worklist">
      <h2>
        {TEXT.title} ({items.length}
        {role === 'nurse' || role === 'physician' ? `; ${TEXT.forMe}: ${items.filter(mine).length}` : ''})
      </h2>
      <ul className="patient-list">
        {sorted.slice(0, SHOWN).map((item) => (
          <li key={item.sessionId}>
            <a className="button patient-row" href={sessionHash(item.sessionId)} data-mine={mine(item)}>
              <strong>{item.patientName ?? item.patientInitials}</strong>
              <span>
                {item.indication}, {dateTimeText(item.openedAt)}{' '}
                {ORIGIN_WORDS[item.origin] === null ? null : (
                  <span className="origin-word">{ORIGIN_WORDS[item.origin]}</span>
                )}
              </span>
              <span>{item.waitsFor === 'nurse' ? TEXT.nurse : TEXT.physician}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
