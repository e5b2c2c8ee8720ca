import { useEffect, useState } from 'preact/hooks';
import { answer, api, me, noted, whoAmI, type Activity, type Openness } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Field, TextField } from '../../forms/form';
import { say } from '../../shell/toasts';
import { activities, load } from './activities';

type Terms = Omit<Openness, 'activity'>;

const NO_TERMS: Terms = { note: '', question: '', audience: 'everybody', weekly_cap: null, expires_at: null };
const AUDIENCES: Record<Terms['audience'], string> = { everybody: 'Everybody', members: 'Members', followed: 'Those whom I follow' };

/** What one can be asked for. Each switch is saved by itself. */
export function OpenTo() {
  useEffect(load, []);
  return (
    <section class="stack" id="open-to-section" aria-labelledby="open-to">
      <h2 id="open-to">Open to</h2>
      <p class="soft">What you can be asked for, and the only way in which others can write to you. A note says what you have in mind.</p>
      <ul class="plain open-to">
        {activities.value.map((each) => <Switch key={each.activity} of={each} />)}
      </ul>
    </section>
  );
}

function Switch({ of }: { of: Activity }) {
  const open = me.value!.open_to.find((each) => each.activity === of.activity);
  const [terms, setTerms] = useState<Terms>(open ? termsOf(open) : NO_TERMS);
  const [problem, setProblem] = useState<Problem>();
  const save = async (on: boolean) => {
    setProblem(undefined);
    const params = { path: { activity: of.activity } };
    try {
      if (on) noted(await answer(api.PUT('/v1/me/open-to/{activity}', { params, body: terms })));
      else {
        await answer(api.DELETE('/v1/me/open-to/{activity}', { params }));
        await whoAmI();
      }
      say(on ? `You are open to: ${of.name}.` : `You are no longer open to: ${of.name}.`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  };
  const changed = open && JSON.stringify(terms) !== JSON.stringify(termsOf(open));
  return (
    <li>
      <label class="choice"><input type="checkbox" checked={!!open} onChange={(event) => void save(event.currentTarget.checked)} />{of.name}</label>
      {open && <TermsFields name={of.name} terms={terms} set={(change) => setTerms({ ...terms, ...change })} problem={problem} />}
      {changed && <p class="note"><button type="button" class="button main small" onClick={() => void save(true)}>Save</button></p>}
      <Fault problem={problem} />
    </li>
  );
}

function TermsFields({ name, terms, set, problem }: { name: string; terms: Terms; set: (change: Partial<Terms>) => void; problem?: Problem }) {
  return (
    <div class="note">
      <TextField label={`Note on: ${name}`} maxLength={280} value={terms.note} onValue={(note) => set({ note })} fault={problem?.at('note')} placeholder="An hour a month, by video" />
      <details>
        <summary>Who can ask, how often, until when</summary>
        <div class="stack terms">
          <Field label="Who can ask">
            {(given) => <select {...given} value={terms.audience} onChange={(event) => set({ audience: event.currentTarget.value as Terms['audience'] })}>{Object.entries(AUDIENCES).map(([each, label]) => <option key={each} value={each}>{label}</option>)}</select>}
          </Field>
          <TextField label="A question that they answer" maxLength={280} value={terms.question} onValue={(question) => set({ question })} fault={problem?.at('question')} />
          <Field label="Requests a week, at most" fault={problem?.at('weekly_cap')}>
            {(given) => <input {...given} type="number" min={1} max={100} value={terms.weekly_cap ?? ''} onInput={(event) => set({ weekly_cap: event.currentTarget.valueAsNumber || null })} />}
          </Field>
          <Field label="Open until" fault={problem?.at('expires_at')}>
            {(given) => <input {...given} type="date" value={terms.expires_at?.slice(0, 10) ?? ''} onInput={(event) => set({ expires_at: event.currentTarget.value ? `${event.currentTarget.value}T23:59:59Z` : null })} />}
          </Field>
        </div>
      </details>
    </div>
  );
}

function termsOf({ note, question, audience, weekly_cap = null, expires_at = null }: Openness): Terms {
  return { note, question, audience, weekly_cap, expires_at };
}
