import { useEffect, useState } from 'preact/hooks';
import { answer, api, type Token } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault, Field, Send, TextField, useForm } from '../../forms/form';
import { Once } from '../../shell/once';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const SCOPES = { read: 'Read what I can read', write: 'Write as I do' } as const;
type Scope = keyof typeof SCOPES;

/** Personal access tokens, for programs of one's own. */
export default function Tokens() {
  const [items, setItems] = useState<Token[]>();
  const [made, setMade] = useState<string>();
  const { problem, trying } = useTrying();
  const look = async () => setItems((await answer(api.GET('/v1/me/tokens'))).items);
  useEffect(() => trying(look), []);
  const remove = (of: Token) => trying(async () => {
    await answer(api.DELETE('/v1/me/tokens/{token_id}', { params: { path: { token_id: of.id } } }));
    setItems((old) => old?.filter((each) => each.id !== of.id));
    say(`“${of.name}” is good no more.`);
  });
  return (
    <Page title="Tokens" intro={<>For programs of your own that <a href="/docs">call the API</a>. None can do what has to do with the account itself.</>}>
      <div class="stack">
        {made && <Once what="This is the token. It is shown only now:" text={made} />}
        <Fault problem={problem} />
        {!items && !problem && <Waiting what="Loading your tokens" />}
        {items && !items.length && <p class="soft">You have none. A backup, a script that adds a highlight for each release: each gets its own.</p>}
        <ul class="plain">
          {items?.map((each) => (
            <li key={each.id} class="spread listed-row">
              <span><strong>{each.name}</strong> <span class="chip">{each.scopes.join(' and ')}</span>
                <span class="soft small"> {[each.used_at ? `last used ${DAY.format(new Date(each.used_at))}` : 'never used', each.expires_at && `until ${DAY.format(new Date(each.expires_at))}`].filter(Boolean).join(', ')}</span></span>
              <button type="button" class="button small" aria-label={`Revoke ${each.name}`} onClick={() => remove(each)}>Revoke</button>
            </li>
          ))}
        </ul>
        <Make done={(token) => { setMade(token); trying(look); }} />
      </div>
    </Page>
  );
}

function Make({ done }: { done: (token: string) => void }) {
  const start = { name: '', scopes: ['read'] as Scope[], until: '' };
  const form = useForm('token', start, async ({ name, scopes, until }) => {
    if (!scopes.length) throw new Problem(422, 'One field needs another look.', new Map([['scopes', 'Choose at least one.']]));
    const made = await answer(api.POST('/v1/me/tokens', { body: { name, scopes, expires_at: until ? `${until}T23:59:59Z` : null } }));
    form.reset(start);
    done(made.token);
  });
  const { values, set, problem } = form;
  return (
    <form class="panel stack" onSubmit={form.submit} noValidate>
      <h2>A new token</h2>
      <TextField label="What it is for" maxLength={80} value={values.name} onValue={(name) => set({ name })} placeholder="Nightly backup" fault={problem?.at('name')} />
      <fieldset class="field">
        <legend>What it may do</legend>
        {(Object.keys(SCOPES) as Scope[]).map((each) => (
          <label key={each} class="choice"><input type="checkbox" checked={values.scopes.includes(each)} onChange={(event) => set({ scopes: event.currentTarget.checked ? [...values.scopes, each] : values.scopes.filter((one) => one !== each) })} />{SCOPES[each]}</label>
        ))}
        {problem?.at('scopes') && <span class="fault">{problem.at('scopes')}</span>}
      </fieldset>
      <Field label="Good until" hint="Left empty, until you revoke it." fault={problem?.at('expires_at')}>
        {(given) => <input {...given} type="date" value={values.until} onInput={(event) => set({ until: event.currentTarget.value })} />}
      </Field>
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Make it</Send></div>
    </form>
  );
}
