import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, type NewSource, type Source, type Sources } from '../../api/client';
import { useTrying } from '../../api/trying';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { Waiting } from '../../shell/page';
import { ConnectLinkedin } from './linkedin';
import { ADDED, KINDS, PUBLISH, STATES } from './said';

/** What one publishes elsewhere, and what comes by itself from there. */
export function Feeds() {
  const [found, setFound] = useState<Sources>();
  const { problem, trying } = useTrying();
  useEffect(() => trying(async () => setFound(await answer(api.GET('/v1/sources')))), []);
  return (
    <section class="stack" aria-labelledby="feeds">
      <h2 id="feeds">What you publish elsewhere</h2>
      <Fault problem={problem} />
      {!found && !problem && <Waiting what="Loading your sources" />}
      {!!found?.items.length && <ul class="plain">
        {found.items.map((each) => (
          <li key={each.id} class="spread listed-row">
            <span><a href={`/app/sources/${each.id}`}><strong>{each.title || each.address}</strong></a> <span class="soft small">{KINDS[each.kind]}</span></span>
            <span class={each.trouble ? 'chip wrong' : 'chip'}>{each.trouble ? 'Has trouble' : STATES[each.state]}</span>
          </li>
        ))}
      </ul>}
      {found?.kinds.includes('linkedin') && !found.items.some((each) => each.kind === 'linkedin') && <ConnectLinkedin />}
      <Connect />
    </section>
  );
}

function Connect() {
  const { route } = useLocation();
  const form = useForm('source', { kind: 'feed' as NewSource['kind'], address: '', publish: 'draft' as Source['publish'] }, async (body, key) => {
    const made = await answer(api.POST('/v1/sources', { params: { header: { 'Idempotency-Key': key } }, body: { ...body, address: body.address.trim() } }));
    route(`/app/sources/${made.id}`);
  });
  const { values, set, problem } = form;
  return (
    <form class="panel stack" onSubmit={form.submit} noValidate>
      <h3>Connect another one</h3>
      <Pills legend="What it is" name="source-kind" options={ADDED} value={values.kind} onValue={(kind) => set({ kind })} />
      <TextField label={values.kind === 'medium' ? 'Your Medium name, or an address there' : 'Its address'} autocapitalize="none" spellcheck={false} maxLength={2048} value={values.address} onValue={(address) => set({ address })} placeholder={values.kind === 'medium' ? '@ana' : 'https://example.org/blog'} hint={values.kind === 'medium' ? undefined : 'A blog, Substack, dev.to, YouTube, GitHub, a podcast: the page itself, or its feed.'} fault={problem?.at('address')} />
      <Pills legend="What comes later" name="publish" options={PUBLISH} value={values.publish} onValue={(publish) => set({ publish })} />
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Look what is there</Send></div>
    </form>
  );
}
