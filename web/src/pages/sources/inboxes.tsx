import { useEffect, useState } from 'preact/hooks';
import { answer, api, type Inbox } from '../../api/client';
import { useTrying } from '../../api/trying';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Once } from '../../shell/once';
import { say } from '../../shell/toasts';

/** Addresses to which tools of one's own post. */
export function Inboxes() {
  const [items, setItems] = useState<Inbox[]>();
  const [address, setAddress] = useState<string>();
  const { problem, trying } = useTrying();
  const look = async () => setItems((await answer(api.GET('/v1/inboxes'))).items);
  useEffect(() => trying(look), []);
  const form = useForm('inbox', { name: '' }, async (body) => {
    const made = await answer(api.POST('/v1/inboxes', { body }));
    setAddress(location.origin + made.path);
    form.reset({ name: '' });
    trying(look);
  });
  const remove = (of: Inbox) => trying(async () => {
    await answer(api.DELETE('/v1/inboxes/{inbox_id}', { params: { path: { inbox_id: of.id } } }));
    setItems((old) => old?.filter((each) => each.id !== of.id));
    say(`The address for ${of.name} takes nothing any more.`);
  });
  return (
    <section class="stack" aria-labelledby="inboxes">
      <h2 id="inboxes">Tools of your own</h2>
      <p class="soft">An address to which a tool (Zapier, IFTTT, a script) posts a title, a text and a date, and a draft stands on your timeline.</p>
      {address && <Once what="Whoever has this address can post drafts for you. It is shown only now:" text={address} />}
      {!!items?.length && <ul class="plain">
        {items?.map((each) => (
          <li key={each.id} class="spread listed-row"><strong>{each.name}</strong><button type="button" class="button small" aria-label={`Close it: the address for ${each.name}`} onClick={() => remove(each)}>Close it</button></li>
        ))}
      </ul>}
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="Which tool" maxLength={60} placeholder="Zapier" value={form.values.name} onValue={(name) => form.set({ name })} fault={form.problem?.at('name')} />
        <Fault problem={form.problem ?? problem} />
        <div><Send busy={form.busy}>Make an address</Send></div>
      </form>
    </section>
  );
}
