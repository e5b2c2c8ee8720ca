import { answer, api, me, noted, type Me } from '../../api/client';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { ProseField } from '../../forms/prose-field';
import { Rows } from '../../forms/rows';
import { Portraits } from '../../media/portraits';
import { Page } from '../../shell/page';
import { say } from '../../shell/toasts';
import { BadgesField, type EditedBadge } from './badges-field';
import { OpenTo } from './open-to';
import './profile.css';

interface Edited { name: string; headline: string; bio: string; location: string; pronouns: string; links: { url: string; title: string }[]; badges: EditedBadge[] }

export default function Profile() {
  return (
    <Page title="Your profile" intro={<>What others see of you. <a href={`/app/@${me.value!.handle}`}>Look at it</a>.</>}>
      <div class="stack profile">
        <Portraits />
        <Facts />
        <OpenTo />
      </div>
    </Page>
  );
}

function Facts() {
  const form = useForm<Edited>('profile', editedOf(me.value!), async (values) => {
    const links = values.links.filter((each) => each.url.trim());
    const badges = values.badges.filter((each) => each.name.trim()).map(({ id, name }) => ({ ...(id && { id }), name }));
    const params = { header: { 'If-Match': `"${me.value!.version}-"` } };
    noted(await answer(api.PATCH('/v1/me', { params, body: { ...values, links, badges } })));
    form.reset(editedOf(me.value!));
    say('Your profile is saved.');
  });
  const { values, set, problem } = form;
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      {form.restored && <p class="notice">This is what you had typed. <button type="button" class="link-like" onClick={() => form.reset(editedOf(me.value!))}>Back to what is saved</button></p>}
      <TextField label="Name" autocomplete="name" maxLength={80} value={values.name} onValue={(name) => set({ name })} fault={problem?.at('name')} />
      <TextField label="Headline" maxLength={160} value={values.headline} onValue={(headline) => set({ headline })} hint="All that you are, in a line. No need to choose one." fault={problem?.at('headline')} />
      <BadgesField badges={values.badges} onBadges={(badges) => set({ badges })} fault={(row) => problem?.at(`badges/${row}`)} />
      <ProseField label="About you" value={values.bio} onValue={(bio) => set({ bio })} fault={problem?.at('bio')} />
      <div class="two">
        <TextField label="Place" maxLength={160} autocomplete="off" value={values.location} onValue={(location) => set({ location })} fault={problem?.at('location')} />
        <TextField label="Pronouns" maxLength={40} autocomplete="off" value={values.pronouns} onValue={(pronouns) => set({ pronouns })} fault={problem?.at('pronouns')} />
      </div>
      <Rows legend="Links" rows={values.links} onRows={(links) => set({ links })} first={['url', 'Web address']} second={['title', 'Name']} more="Add a link" most={10} blank={{ url: '', title: '' }} fault={(row) => problem?.at(`links/${row}`)} />
      <Fault problem={problem} />
      <div><Send busy={form.busy}>Save profile</Send></div>
    </form>
  );
}

function editedOf(of: Me): Edited {
  const { name, headline = '', bio = '', location = '', pronouns = '' } = of;
  const links = (of.links ?? []).map(({ url, title = '' }) => ({ url, title }));
  return { name, headline, bio, location, pronouns, links, badges: (of.badges ?? []).map((each) => ({ ...each })) };
}
