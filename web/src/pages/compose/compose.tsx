import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, me, type Card, type Highlight as Stored, type Kind } from '../../api/client';
import { Problem } from '../../api/problem';
import { DateField } from '../../forms/date-field';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { ProseField } from '../../forms/prose-field';
import { Rows } from '../../forms/rows';
import { MediaField } from '../../media/media-field';
import { Page, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { used } from '../../tags/suggestions';
import { TagBox } from '../../tags/tag-box';
import { good } from '../../tags/tags';
import { BadgesChoice } from '../profile/badges-choice';
import { KINDS } from '../timeline/place';
import { bodyOf, draftOf, empty, faults, type Draft, type Lasting } from './draft';
import './compose.css';

const LASTING: Record<Lasting, string> = { once: 'One date', range: 'From … to …', ongoing: 'Ongoing' };
const SEEN_BY: Record<Draft['visibility'] & string, string> = { public: 'Everybody', members: 'Members only', draft: 'Draft: only you' };

export default function Compose() {
  const { params } = useRoute();
  return params.id ? <Existing key={params.id} id={params.id} /> : <Composer key="new" title="Add a highlight" />;
}

function Existing({ id }: { id: string }) {
  const [stored, setStored] = useState<Stored>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    answer(api.GET('/v1/highlights/{highlight_id}', { params: { path: { highlight_id: id } } })).then(setStored).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  }, [id]);
  if (problem) return <Page title="Edit"><Fault problem={problem} /></Page>;
  return stored ? <Composer title="Edit" stored={stored} /> : <Waiting what="Opening the highlight" />;
}

function Composer({ title, stored }: { title: string; stored?: Stored }) {
  const { route } = useLocation();
  const own = useOwn();
  const sending = useRef(0);
  const start = stored ? draftOf(stored) : empty(new Date());
  const form = useForm<Draft>(stored ? `highlight-${stored.id}-${stored.version}` : 'highlight', start, async (draft, key) => {
    const wrong = faults(draft, sending.current);
    if (wrong.size) throw new Problem(422, wrong.size === 1 ? 'One field needs another look.' : 'Some fields need another look.', wrong);
    const saved = await save(draft, key, stored);
    used(good(draft.tags));
    say(saved.visibility === 'draft' ? 'Kept as a draft.' : stored ? 'Saved.' : 'It stands on your timeline.');
    route('/app/');
  });
  const { values, set, problem } = form;
  return (
    <Page title={title}>
      {form.restored && <p class="notice">This is what you had typed. <button type="button" class="link-like" onClick={() => form.reset(start)}>Begin anew</button></p>}
      <form class="stack composer" onSubmit={form.submit} noValidate>
        <Pills legend="Kind" name="kind" options={KINDS} value={values.kind} onValue={(kind: Kind) => set({ kind })} />
        <div class="title"><TextField label="Title" maxLength={200} value={values.title} onValue={(title) => set({ title })} hint="What came of it, in a line." fault={problem?.at('title')} /></div>
        <Pills legend="When" name="lasting" options={LASTING} value={values.lasting} onValue={(lasting: Lasting) => set({ lasting })} />
        <DateField label={values.lasting === 'once' ? 'Date' : 'Start'} value={values.start} onValue={(start) => set({ start })} fault={problem?.at('start')} />
        {values.lasting === 'range' && <DateField label="End" value={values.end} onValue={(end) => set({ end })} fault={problem?.at('end')} />}
        <ProseField label="What happened" value={values.text} onValue={(text) => set({ text })} fault={problem?.at('text')} />
        <MediaField value={values.media} before={stored?.media ?? []} set={(change) => set((now) => ({ media: change(now.media) }))} onSending={(count) => (sending.current = count)} fault={(row) => problem?.at(`media/${row}`)} />
        <TagBox label="Tags" hint="Enter or a comma adds; a whole list can be pasted." chips={values.tags} onChips={(tags) => set({ tags })} last={own.last} fault={problem?.at('tags')} />
        <BadgesChoice value={values.badges} onValue={(badges) => set({ badges })} fault={problem?.at('badges')} />
        <Rows legend="Links" rows={values.links} onRows={(links) => set({ links })} first={['url', 'Web address']} second={['title', 'Name']} more="Add a link" most={10} blank={{ url: '', title: '' }} fault={(row) => problem?.at(`links/${row}`)} />
        <Rows legend="With whom" rows={values.people} onRows={(people) => set({ people })} first={['who', '@handle, or a name']} second={['role', 'What they did']} more="Add a person" most={10} blank={{ who: '', role: '' }} fault={(row) => problem?.at(`collaborators/${row}`)} />
        {values.kind !== 'job' && own.jobs.length > 0 && (
          <label class="field"><span class="label">Part of a job</span>
            <select value={values.under} onChange={(event) => set({ under: event.currentTarget.value })}>
              <option value="">No</option>
              {own.jobs.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
            </select>
          </label>
        )}
        <Pills legend="Who sees it" name="visibility" options={SEEN_BY} value={values.visibility ?? 'public'} onValue={(visibility: Draft['visibility']) => set({ visibility })} />
        <label class="choice"><input type="checkbox" checked={values.pinned} onChange={(event) => set({ pinned: event.currentTarget.checked })} />Pin it on top of my timeline</label>
        <div class="stack sending">
          <Fault problem={problem} />
          {problem?.at('sending') && <span class="fault">{problem.at('sending')}</span>}
          <div class="row">
            <Send busy={form.busy}>{stored ? 'Save' : values.visibility === 'draft' ? 'Keep as a draft' : 'Put it on my timeline'}</Send>
            <a class="button quiet" href="/app/">Back</a>
            <span class="hint">What you type is kept on this device until it is saved.</span>
          </div>
        </div>
      </form>
    </Page>
  );
}

async function save(draft: Draft, key: string, stored: Stored | undefined): Promise<Stored> {
  const body = bodyOf(draft);
  if (!stored) return answer(api.POST('/v1/highlights', { params: { header: { 'Idempotency-Key': key } }, body }));
  const params = { path: { highlight_id: stored.id }, header: { 'If-Match': `"${stored.version}-"` } };
  return answer(api.PATCH('/v1/highlights/{highlight_id}', { params, body }));
}

/** The jobs that a highlight can belong to, and the tags of the last one. */
function useOwn(): { jobs: Card[]; last: string[] } {
  const [own, setOwn] = useState<{ jobs: Card[]; last: string[] }>({ jobs: [], last: [] });
  useEffect(() => {
    const path = { handle: me.value!.handle };
    const mine = (items: Card[]) => items.filter((each) => each.member_id === me.value?.id);
    void Promise.all([
      answer(api.GET('/v1/members/{handle}/highlights', { params: { path, query: { kind: 'job', limit: 100 } } })),
      answer(api.GET('/v1/members/{handle}/highlights', { params: { path, query: { limit: 5 } } })),
    ]).then(([jobs, newest]) => {
      const last = mine(newest.items).sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
      setOwn({ jobs: mine(jobs.items), last: last?.tags ?? [] });
    }).catch(() => undefined); // they only help
  }, []);
  return own;
}
