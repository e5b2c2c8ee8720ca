import { useEffect, useState } from 'preact/hooks';
import { answer, api, me, type Card, type Given, type Posting } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Field, Send, TextField, useForm } from '../../forms/form';
import { Prose } from '../../shell/prose';
import { say } from '../../shell/toasts';
import { period } from '../../time/dates';

const STATES: Record<Given['state'], string> = { received: 'New', shortlisted: 'On the short list', declined: 'Declined', withdrawn: 'Withdrawn' };

/** All of them for who has posted it; one's own for everybody else. */
export function Answers({ of, own }: { of: Posting; own: boolean }) {
  const [given, setGiven] = useState<Given[]>();
  const look = () => {
    const params = { path: { opportunity_id: of.id }, query: { limit: 100 } };
    answer(api.GET('/v1/opportunities/{opportunity_id}/answers', { params })).then((page) => setGiven(page.items)).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setGiven([]);
    });
  };
  useEffect(look, [of.id]);
  if (!given) return null;
  if (!own && !given.length) return of.state === 'open' ? <Form of={of} done={look} /> : null;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{own ? `Answers: ${given.length}` : 'Your answer'}</h2>
      {!given.length && <p class="soft">Nobody has answered yet. You will find answers here.</p>}
      {given.map((each) => <One key={each.id} of={each} own={own} again={look} />)}
    </section>
  );
}

function One({ of, own, again }: { of: Given; own: boolean; again: () => void }) {
  const [declining, setDeclining] = useState(false);
  const [note, setNote] = useState('');
  const decide = (state: 'shortlisted' | 'declined' | 'withdrawn') => () => {
    const body = state === 'declined' ? { state, note } : { state };
    const params = { path: { opportunity_id: of.opportunity_id, answer_id: of.id }, header: { 'If-Match': `"${of.version}-"` } };
    answer(api.PATCH('/v1/opportunities/{opportunity_id}/answers/{answer_id}', { params, body })).then(() => { setDeclining(false); again(); }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      say(error.message);
    });
  };
  return (
    <article class="given">
      <p class="spread"><strong>{of.answerer.handle ? <a href={`/app/@${of.answerer.handle}`}>{of.answerer.name}</a> : of.answerer.name}</strong><span class="chip">{STATES[of.state]}</span></p>
      <p class="words">{of.message}</p>
      {of.evidence.map((each) => (
        <details key={each.id}><summary>{each.title} <span class="soft">{period(each.start, each.end, each.ongoing)}</span></summary><Prose html={each.html} /></details>
      ))}
      {of.note && <p class="soft">{of.note}</p>}
      <div class="row">
        {own && of.state === 'received' && <button type="button" class="button small" onClick={decide('shortlisted')}>Short list</button>}
        {own && (of.state === 'received' || of.state === 'shortlisted') && !declining && <button type="button" class="button small" onClick={() => setDeclining(true)}>Decline …</button>}
        {!own && of.state !== 'withdrawn' && <button type="button" class="button small" onClick={decide('withdrawn')}>Withdraw</button>}
      </div>
      {declining && (
        <div class="stack">
          <TextField label="A kind word with it" maxLength={280} value={note} onValue={setNote} />
          <div class="row"><button type="button" class="button small main" onClick={decide('declined')}>Decline</button><button type="button" class="button small" onClick={() => setDeclining(false)}>Not now</button></div>
        </div>
      )}
    </article>
  );
}

function Form({ of, done }: { of: Posting; done: () => void }) {
  const [mine, setMine] = useState<Card[]>([]);
  useEffect(() => {
    const params = { path: { handle: me.value!.handle }, query: { limit: 100 } };
    answer(api.GET('/v1/members/{handle}/highlights', { params })).then((page) => setMine(page.items.filter((each) => each.member_id === me.value?.id && each.visibility !== 'draft'))).catch(() => setMine([]));
  }, []);
  const form = useForm(`answer-${of.id}`, { message: '', highlights: [] as string[] }, async (body, key) => {
    await answer(api.POST('/v1/opportunities/{opportunity_id}/answers', { params: { path: { opportunity_id: of.id }, header: { 'Idempotency-Key': key } }, body }));
    say('Your answer is sent. Only the two of you see it.');
    done();
  });
  const { values, set, problem } = form;
  const choose = (id: string, on: boolean) => set({ highlights: on ? [...values.highlights, id] : values.highlights.filter((each) => each !== id) });
  return (
    <section class="panel" aria-labelledby="answer">
      <form class="stack" onSubmit={form.submit} noValidate>
        <h2 id="answer">Answer</h2>
        <Field label="Your message" fault={problem?.at('message')}>
          {(given) => <textarea {...given} maxLength={5000} value={values.message} onInput={(event) => set({ message: event.currentTarget.value })} />}
        </Field>
        {mine.length > 0 && (
          <fieldset class="field">
            <legend>Highlights as evidence, ten at most</legend>
            <div class="evidence" tabIndex={0}>
              {mine.map((each) => (
                <label key={each.id} class="choice"><input type="checkbox" checked={values.highlights.includes(each.id)} disabled={values.highlights.length >= 10 && !values.highlights.includes(each.id)} onChange={(event) => choose(each.id, event.currentTarget.checked)} />{each.title}</label>
              ))}
            </div>
            {problem?.at('highlights') && <span class="fault">{problem.at('highlights')}</span>}
          </fieldset>
        )}
        <Fault problem={problem} />
        <div><Send busy={form.busy}>Send my answer</Send></div>
      </form>
    </section>
  );
}
