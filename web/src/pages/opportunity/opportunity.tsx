import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, me, onceKey, type Posting } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, TextField } from '../../forms/form';
import { useTitle, Waiting } from '../../shell/page';
import { Prose } from '../../shell/prose';
import { say } from '../../shell/toasts';
import NotFound from '../not-found/not-found';
import { nameOf } from '../profile/activities';
import { Answers } from './answers';
import '../opportunities/opportunities.css';

const OUTCOMES = { found: 'Found somebody here', 'found-elsewhere': 'Found somebody elsewhere', 'nobody-fitted': 'Nobody fitted', cancelled: 'It is no longer needed' };

export default function Opportunity() {
  const { id } = useRoute().params as { id: string };
  const [of, setOf] = useState<Posting | null>();
  useTitle(of?.title ?? 'Opportunity');
  const look = () => {
    const params = { path: { opportunity_id: id } };
    const found = me.value ? answer(api.GET('/v1/opportunities/{opportunity_id}', { params })) : answer(api.GET('/v1/public/opportunities/{opportunity_id}', { params }));
    found.then(setOf).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setOf(null);
    });
  };
  useEffect(look, [id]);
  if (of === null) return <NotFound />;
  if (!of) return <Waiting what="Opening the opportunity" />;
  const own = of.member_id === me.value?.id;
  const facts: [string, string][] = [
    ['Place', [of.place, of.remote && 'from anywhere'].filter(Boolean).join(', ')], ['Time', of.time_needed],
    ['Pay', of.paid ? of.payment || 'Paid' : `Not paid${of.payment && `; ${of.payment}`}`], ['Language', of.language], ['Answers until', of.deadline ?? of.expires_at.slice(0, 10)],
  ];
  return (
    <div class="page narrow">
      <header>
        <p class="soft">{nameOf(of.activity)}{of.state !== 'open' && ` · ${of.state}`}</p>
        <h1>{of.title}</h1>
        <p class="soft">{of.poster.handle ? <a href={`/app/@${of.poster.handle}`}>{of.poster.name}</a> : of.poster.name}{of.poster.headline && ` · ${of.poster.headline}`}</p>
      </header>
      <div class="stack">
        <dl class="facts">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt class="small soft">{name}</dt><dd>{value}</dd></div>)}</dl>
        {of.html && <Prose html={of.html} />}
        {of.tags.length > 0 && <p class="row">{of.tags.map((tag) => <a key={tag} class="chip" href={`/app/opportunities?tag=${encodeURIComponent(tag)}`}>#{tag}</a>)}</p>}
        {own && <Owner of={of} again={look} />}
        {me.value ? <Answers of={of} own={own} /> : <p><a class="button main" href={`/app/sign-in?then=/app/opportunities/${id}`}>Sign in to answer</a></p>}
      </div>
    </div>
  );
}

function Owner({ of, again }: { of: Posting; again: () => void }) {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const path = { opportunity_id: of.id };
  const act = (run: () => Promise<unknown>, said: string, then = again) => () => {
    setProblem(undefined);
    run().then(() => { say(said); then(); }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>();
  const [note, setNote] = useState('');
  const close = act(() => answer(api.PATCH('/v1/opportunities/{opportunity_id}', { params: { path, header: { 'If-Match': `"${of.version}-"` } }, body: { state: 'closed', outcome: outcome!, outcome_note: note } })), 'It has left the board.');
  const renew = act(() => answer(api.POST('/v1/opportunities/{opportunity_id}/renewals', { params: { path, header: { 'Idempotency-Key': onceKey() } } })), 'It stands on the board for thirty more days.');
  const remove = act(() => answer(api.DELETE('/v1/opportunities/{opportunity_id}', { params: { path } })), 'It is gone.', () => route('/app/opportunities'));
  if (of.state === 'closed') return <p class="notice">Closed: {OUTCOMES[of.outcome ?? 'cancelled']}. {of.outcome_note}</p>;
  return (
    <div class="stack">
      <div class="row">
        <a class="button" href={`/app/opportunities/${of.id}/edit`}>Edit</a>
        <button type="button" class="button" onClick={renew}>Renew</button>
        <select aria-label="Close it" value={outcome ?? ''} onChange={(event) => setOutcome((event.currentTarget.value || undefined) as typeof outcome)} class="close">
          <option value="">Close it …</option>
          {Object.entries(OUTCOMES).map(([outcome, name]) => <option key={outcome} value={outcome}>{name}</option>)}
        </select>
        <button type="button" class="button danger" onClick={remove}>Delete</button>
      </div>
      {outcome && (
        <div class="panel stack">
          <TextField label="A word about it, for who answered" maxLength={280} value={note} onValue={setNote} fault={problem?.at('outcome_note')} />
          <p class="hint">Closing is for good: it leaves the board, and everybody who answered sees the outcome.</p>
          <div class="row"><button type="button" class="button main" onClick={close}>Close it</button><button type="button" class="button" onClick={() => setOutcome(undefined)}>Not yet</button></div>
        </div>
      )}
      <Fault problem={problem} />
    </div>
  );
}
