import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { answer, api, signOut, type Session } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault } from '../../forms/form';
import { say } from '../../shell/toasts';

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Where one is signed in; each can be ended from here. */
export function Sessions() {
  const { route } = useLocation();
  const [items, setItems] = useState<Session[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const trying = (run: () => Promise<unknown>) => {
    setProblem(undefined);
    run().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  useEffect(() => trying(async () => setItems((await answer(api.GET('/v1/me/sessions', { params: { query: { limit: 100 } } }))).items)), []);
  const leave = (everywhere: boolean) => trying(async () => {
    await signOut(everywhere);
    route('/app/sign-in');
  });
  const end = (of: Session) => trying(async () => {
    await answer(api.DELETE('/v1/me/sessions/{session_id}', { params: { path: { session_id: of.id } } }));
    setItems((old) => old.filter((each) => each.id !== of.id));
    say(`${of.agent} is signed out.`);
  });
  return (
    <section class="stack">
      <h2>Where you are signed in</h2>
      <ul class="plain">
        {items.map((each) => (
          <li key={each.id} class="spread session">
            <span>{each.agent} <span class="soft small">{each.current ? 'this device' : `last seen ${MOMENT.format(new Date(each.seen_at))}`}</span></span>
            {!each.current && <button type="button" class="button small" onClick={() => end(each)} aria-label={`Sign out ${each.agent}`}>Sign out</button>}
          </li>
        ))}
      </ul>
      <Fault problem={problem} />
      <div class="row">
        <button type="button" class="button" onClick={() => leave(false)}>Sign out here</button>
        <button type="button" class="button danger" onClick={() => leave(true)}>Sign out everywhere</button>
      </div>
    </section>
  );
}
