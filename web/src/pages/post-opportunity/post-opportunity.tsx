import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, type Activity, type Opportunity } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Field, Send, TextField, useForm } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { ProseField } from '../../forms/prose-field';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { TagBox } from '../../tags/tag-box';
import { good, type Chip } from '../../tags/tags';
import { activities, load } from '../profile/activities';
import '../profile/profile.css';

interface Draft {
  activity: Activity['activity']; title: string; text: string; tags: Chip[]; time_needed: string; paid: 'paid' | 'unpaid'; payment: string;
  place: string; remote: boolean; language: string; deadline: string; visibility: 'public' | 'members';
}

const NOTHING: Draft = {
  activity: 'freelance', title: '', text: '', tags: [], time_needed: '', paid: 'paid', payment: '', place: '', remote: false,
  language: navigator.language.slice(0, 2), deadline: '', visibility: 'public',
};

export default function PostOpportunity() {
  const { params } = useRoute();
  const [stored, setStored] = useState<Opportunity>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (!params.id) return;
    answer(api.GET('/v1/opportunities/{opportunity_id}', { params: { path: { opportunity_id: params.id } } })).then(setStored).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  }, [params.id]);
  if (problem) return <Page title="Edit"><Fault problem={problem} /></Page>;
  if (params.id && !stored) return <Waiting what="Opening the opportunity" />;
  return <Post key={params.id ?? 'new'} stored={stored} />;
}

function Post({ stored }: { stored?: Opportunity }) {
  const { route } = useLocation();
  useEffect(load, []);
  const form = useForm<Draft>(stored ? `opportunity-${stored.id}-${stored.version}` : 'opportunity', stored ? draftOf(stored) : NOTHING, async (draft, key) => {
    const body = { ...draft, tags: good(draft.tags), paid: draft.paid === 'paid', deadline: draft.deadline || null };
    const saved = stored
      ? await answer(api.PATCH('/v1/opportunities/{opportunity_id}', { params: { path: { opportunity_id: stored.id }, header: { 'If-Match': `"${stored.version}-"` } }, body }))
      : await answer(api.POST('/v1/opportunities', { params: { header: { 'Idempotency-Key': key } }, body }));
    say(stored ? 'Saved.' : 'It stands on the board for thirty days.');
    route(`/app/opportunities/${saved.id}`);
  });
  const { values, set, problem } = form;
  return (
    <Page title={stored ? 'Edit the opportunity' : 'Post an opportunity'} intro="Say what you ask for, and what there is for it. Whoever fits answers with highlights as evidence.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <Field label="What you ask for" fault={problem?.at('activity')}>
          {(given) => (
            <select {...given} value={values.activity} onChange={(event) => set({ activity: event.currentTarget.value as Draft['activity'] })}>
              {activities.value.map((each) => <option key={each.activity} value={each.activity}>{each.name}</option>)}
            </select>
          )}
        </Field>
        <TextField label="Title" maxLength={200} value={values.title} onValue={(title) => set({ title })} fault={problem?.at('title')} />
        <ProseField label="More about it" value={values.text} onValue={(text) => set({ text })} fault={problem?.at('text')} />
        <TagBox label="Tags" chips={values.tags} onChips={(tags) => set({ tags })} fault={problem?.at('tags')} />
        <div class="two">
          <TextField label="Place" value={values.place} onValue={(place) => set({ place })} placeholder="Lisboa, Portugal" fault={problem?.at('place')} />
          <TextField label="Time needed" value={values.time_needed} onValue={(time_needed) => set({ time_needed })} placeholder="Three Saturdays" fault={problem?.at('time_needed')} />
        </div>
        <label class="choice"><input type="checkbox" checked={values.remote} onChange={(event) => set({ remote: event.currentTarget.checked })} />It can be done from anywhere</label>
        <Pills legend="Is it paid?" name="paid" options={{ paid: 'Paid', unpaid: 'Not paid' }} value={values.paid} onValue={(paid) => set({ paid })} />
        <TextField label={values.paid === 'paid' ? 'How much, and how' : 'What there is for it'} value={values.payment} onValue={(payment) => set({ payment })} fault={problem?.at('payment')} />
        <div class="two">
          <Field label="Last day for answers" hint="If there is one." fault={problem?.at('deadline')}>
            {(given) => <input {...given} type="date" value={values.deadline} onInput={(event) => set({ deadline: event.currentTarget.value })} />}
          </Field>
          <TextField label="Language" maxLength={10} value={values.language} onValue={(language) => set({ language })} hint="Its code: en, pt, de …" fault={problem?.at('language')} />
        </div>
        <Pills legend="Who sees it" name="visibility" options={{ public: 'Everybody', members: 'Members only' }} value={values.visibility} onValue={(visibility) => set({ visibility })} />
        <Fault problem={problem} />
        <div class="row"><Send busy={form.busy}>{stored ? 'Save' : 'Put it on the board'}</Send><a class="button quiet" href="/app/opportunities">Back</a></div>
      </form>
    </Page>
  );
}

function draftOf(of: Opportunity): Draft {
  const { activity, title, text, time_needed, payment, place, remote, language, visibility } = of;
  return { activity, title, text, time_needed, payment, place, remote, language, visibility, tags: of.tags.map((tag) => ({ tag })), paid: of.paid ? 'paid' : 'unpaid', deadline: of.deadline ?? '' };
}
