import { useEffect, useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import type { paths } from '../../api/schema';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import './domain.css';

type Domain = paths['/v1/me/domain']['get']['responses'][200]['content']['application/json'];
type Record = Domain['records'][number];

const LOOKING_MS = 2000;
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const FOUND: { [state in Record['state']]: string } = { found: 'Found', missing: 'Not there yet', wrong: 'Something else is there', unknown: 'Not looked at yet' };

/** One's own domain, in three steps: name it, set two records, see it live. */
export default function OwnDomain() {
  const [domain, setDomain] = useState<Domain | null>();
  const { problem, trying } = useTrying();
  const look = async () => setDomain(await own());
  useEffect(() => trying(look), []);
  useEffect(() => {
    if (!domain?.checking) return;
    const later = setTimeout(() => trying(look), LOOKING_MS);
    return () => clearTimeout(later);
  }, [domain]);
  const check = () => trying(async () => setDomain(await answer(api.POST('/v1/me/domain/verifications'))));
  const giveUp = () => trying(async () => {
    await answer(api.DELETE('/v1/me/domain'));
    setDomain(null);
    say('Your profile is found here alone. Remove the two records too.');
  });
  return (
    <Page title="Your own domain" intro="Your profile can stand at a domain of yours: the whole of it, or one name beside your main site.">
      <div class="stack">
        <Fault problem={problem} />
        {domain === undefined && !problem && <Waiting what="Loading your domain" />}
        {domain && <State of={domain} check={check} />}
        {domain && <Records of={domain} />}
        {domain !== undefined && <Choose now={domain?.shown ?? ''} done={setDomain} />}
        {domain && <div><button type="button" class="button danger" onClick={giveUp}>Give {domain.shown} up</button></div>}
      </div>
    </Page>
  );
}

/** Null: there is none yet. */
async function own(): Promise<Domain | null> {
  try {
    return await answer(api.GET('/v1/me/domain'));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

function State({ of, check }: { of: Domain; check: () => void }) {
  const next = of.next_check_at && !of.checking && `We look again by ourselves, ${MOMENT.format(new Date(of.next_check_at))}.`;
  return (
    <section class="panel stack" aria-labelledby="state">
      <h2 id="state">{of.address ? <a href={of.address}>{of.shown}</a> : of.shown}</h2>
      <p role="status">{of.checking ? 'Just being looked at …' : of.reason}</p>
      {of.released_at && <p class="notice">Without its proof it is given up on {MOMENT.format(new Date(of.released_at))}.</p>}
      <div class="row">
        <button type="button" class="button" aria-disabled={of.checking || undefined} onClick={() => of.checking || check()}>Look now</button>
        {next && <span class="soft small">{next}</span>}
      </div>
    </section>
  );
}

function Records({ of }: { of: Domain }) {
  return (
    <section class="stack" aria-labelledby="records">
      <h2 id="records">At your DNS host, set these two records</h2>
      <p class="soft">{of.note}</p>
      {of.records.map((each) => (
        <dl key={each.purpose} class="panel record">
          <dt>Type</dt><dd><strong>{each.type}</strong> <span class={each.state === 'found' ? 'chip good' : 'chip'}>{FOUND[each.state]}</span></dd>
          <dt>Name</dt><dd><Copied what="name" text={each.host} /> <span class="soft small">in full {each.name}</span></dd>
          <dt>Value</dt><dd><Copied what="value" text={each.value} /></dd>
          <dd class="soft small">{each.note}</dd>
        </dl>
      ))}
    </section>
  );
}

function Copied({ what, text }: { what: string; text: string }) {
  const copy = () => void navigator.clipboard.writeText(text).then(() => say('Copied.'), () => say('Your browser does not let us copy it: select it instead.'));
  return <><code>{text}</code> <button type="button" class="button small" aria-label={`Copy the ${what} ${text}`} onClick={copy}>Copy</button></>;
}

function Choose({ now, done }: { now: string; done: (made: Domain) => void }) {
  const form = useForm('domain', { name: '' }, async ({ name }) => {
    done(await answer(api.PUT('/v1/me/domain', { body: { name: name.trim() } })));
    form.reset({ name: '' });
  });
  return (
    <form class="panel stack" onSubmit={form.submit} noValidate>
      <h2>{now ? 'Another one in its place' : 'Which one?'}</h2>
      <TextField label="Domain" autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={253} placeholder="ana.example.org" value={form.values.name} onValue={(name) => form.set({ name })} hint="It is yours once we see its proof, and not before." fault={form.problem?.at('name')} />
      <Fault problem={form.problem} />
      <div><Send busy={form.busy}>{now ? 'Take this one instead' : 'Show me what to set'}</Send></div>
    </form>
  );
}
