import { useEffect, useState } from 'preact/hooks';
import { answer, api, type Invitation } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Once } from '../../shell/once';
import { Page } from '../../shell/page';
import { say } from '../../shell/toasts';
import './invitations.css';

const STATES: Record<Invitation['state'], string> = { free: 'Free', sent: 'On its way', redeemed: 'Accepted', expired: 'Expired', revoked: 'Taken back' };
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The ten that each member has: by mail, or as a link to hand on. */
export default function Invitations() {
  const [free, setFree] = useState<number>();
  const [items, setItems] = useState<Invitation[]>([]);
  const [link, setLink] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const trying = (run: () => Promise<unknown>) => {
    setProblem(undefined);
    run().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  const look = async () => {
    const all = await answer(api.GET('/v1/me/invitations'));
    setFree(all.free);
    setItems(all.items.filter((each) => each.id));
  };
  useEffect(() => trying(look), []);
  const again = (id: string) => trying(async () => {
    await answer(api.POST('/v1/me/invitations/{invitation_id}/resend', { params: { path: { invitation_id: id } } }));
    say('It is mailed once more.');
    await look();
  });
  const revoke = (id: string) => trying(async () => {
    await answer(api.DELETE('/v1/me/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }));
    say('It is taken back, and free again.');
    await look();
  });
  return (
    <Page title="Invitations" intro={free === undefined ? 'You have ten.' : free === 1 ? 'You have one left.' : `You have ${free} left.`}>
      <div class="stack">
        {/* What is behind the hash is told to no server on its way. */}
        {link && <Once what="This link is for one person, good for 30 days, and shown only now:" text={link} />}
        {free !== 0 && <Invite done={(code) => { setLink(code && `${location.origin}/app/sign-up#${code}`); trying(look); }} />}
        <Fault problem={problem} />
        <ul class="plain invitations">
          {items.map((each) => (
            <li key={each.id} class="spread">
              <span>{each.member ? <a href={`/app/@${each.member.handle}`}>{each.member.name}</a> : each.email ?? 'A link'} <span class="chip">{STATES[each.state]}</span>
                {each.state === 'sent' && each.expires_at && <span class="soft small"> until {DAY.format(new Date(each.expires_at))}</span>}</span>
              {each.state === 'sent' && (
                <span class="row">
                  {each.email && <button type="button" class="button small" onClick={() => again(each.id!)}>Send again</button>}
                  <button type="button" class="button small" onClick={() => revoke(each.id!)}>Take back</button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Page>
  );
}

function Invite({ done }: { done: (code: string | undefined) => void }) {
  const form = useForm('invitation', { email: '', note: '' }, async ({ email, note }, key) => {
    const body = { email: email.trim() || null, note };
    const made = await answer(api.POST('/v1/me/invitations', { params: { header: { 'Idempotency-Key': key } }, body }));
    if (made.email) say(`An invitation is on its way to ${made.email}.`);
    form.reset({ email: '', note: '' });
    done(made.code ?? undefined);
  });
  const { values, set, problem } = form;
  return (
    <form class="panel stack" onSubmit={form.submit} noValidate>
      <TextField label="E-mail" type="email" value={values.email} onValue={(email) => set({ email })} hint="Leave it empty for a link that you hand on yourself." fault={problem?.at('email')} />
      <TextField label="Why them" maxLength={280} value={values.note} onValue={(note) => set({ note })} hint="They read it with your name." fault={problem?.at('note')} />
      <Fault problem={problem} />
      <div><Send busy={form.busy}>{values.email.trim() ? 'Send invitation' : 'Make a link'}</Send></div>
    </form>
  );
}
