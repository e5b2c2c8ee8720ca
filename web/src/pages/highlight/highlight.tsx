import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { answer, api, me, type Card, type Highlight as Whole, type Member } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { useTitle, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';
import { preparing, PREPARED_MS } from '../../media/kinds';
import NotFound from '../not-found/not-found';
import { Entry } from '../timeline/entry';
import { address } from '../timeline/place';
import '../timeline/timeline.css';

/** One highlight by itself, what belongs to it, and the answer of who is credited in it. */
export default function Highlight() {
  const { id } = useRoute().params as { id: string };
  const [highlight, setHighlight] = useState<Whole | null>();
  const [owner, setOwner] = useState<Member>();
  const [under, setUnder] = useState<Card[]>([]);
  useTitle(highlight?.title ?? 'Highlight');
  useEffect(() => {
    void look(id).then(async (found) => {
      setHighlight(found);
      if (!found) return;
      const [member, items] = await Promise.all([ownerOf(found), partsOf(found)]);
      setOwner(member);
      setUnder(items);
    });
  }, [id]);
  useEffect(() => {
    if (!highlight?.media.some(preparing)) return undefined;
    const timer = setTimeout(() => void look(id).then(setHighlight), PREPARED_MS);
    return () => clearTimeout(timer);
  }, [highlight]);
  if (highlight === null) return <NotFound />;
  if (!highlight) return <Waiting what="Opening the highlight" />;
  const credited = highlight.collaborators.find((each) => each.member_id === me.value?.id);
  const tagged = (tag: string) => address(`/app/@${highlight.handle}`, { tag });
  return (
    <div class="page narrow">
      <p class="soft"><a href={`/app/@${highlight.handle}`}>{owner?.name ?? `@${highlight.handle}`}</a></p>
      <h1 class="unseen">{highlight.title}</h1>
      <Entry item={highlight} badges={owner?.badges ?? []} tagged={tagged} whole />
      {highlight.member_id === me.value?.id && <p><a class="button small" href={`/app/highlights/${id}/edit`}>Edit</a></p>}
      {credited && <Answer highlight={highlight} state={credited.state} role={credited.role ?? ''} done={() => void look(id).then(setHighlight)} />}
      {under.length > 0 && (
        <section aria-labelledby="under">
          <h2 id="under">What came of it</h2>
          {under.map((each) => <Entry key={each.id} item={each} badges={owner?.badges ?? []} tagged={tagged} />)}
        </section>
      )}
    </div>
  );
}

function Answer({ highlight, state, role, done }: { highlight: Whole; state: string; role: string; done: () => void }) {
  const answered = (now: 'accepted' | 'declined') => async (values: { role: string }) => {
    const params = { path: { highlight_id: highlight.id } };
    await answer(api.PUT('/v1/highlights/{highlight_id}/collaboration', { params, body: { state: now, role: values.role } }));
    say(now === 'accepted' ? 'Confirmed: it stands on your timeline too.' : 'Declined. Nobody sees your name here.');
    done();
  };
  const form = useForm(undefined, { role }, answered('accepted'));
  const decline = useForm(undefined, { role }, answered('declined'));
  return (
    <section class="panel stack" aria-labelledby="credit">
      <h2 id="credit">{state === 'confirmed' ? 'You have confirmed that you took part' : state === 'declined' ? 'You have declined to be named' : 'You are named in this. Were you there?'}</h2>
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="What you did, in your own words" maxLength={120} value={form.values.role} onValue={(words) => form.set({ role: words })} fault={form.problem?.at('role')} />
        <Fault problem={form.problem ?? decline.problem} />
        <div class="row">
          <Send busy={form.busy}>{state === 'confirmed' ? 'Save my words' : 'Yes, confirm'}</Send>
          {state !== 'declined' && <button type="button" class="button" onClick={decline.submit}>No, take my name out</button>}
        </div>
      </form>
    </section>
  );
}

async function look(id: string): Promise<Whole | null> {
  const params = { path: { highlight_id: id } };
  try {
    return await (me.value ? answer(api.GET('/v1/highlights/{highlight_id}', { params })) : answer(api.GET('/v1/public/highlights/{highlight_id}', { params })));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return null;
  }
}

function ownerOf({ handle }: Whole): Promise<Member | undefined> {
  const params = { path: { handle } };
  const asked = me.value ? answer(api.GET('/v1/members/{handle}', { params })) : answer(api.GET('/v1/public/members/{handle}', { params }));
  return asked.catch(() => undefined); // the highlight can be read without
}

async function partsOf({ id, handle, kind }: Whole): Promise<Card[]> {
  if (kind !== 'job') return [];
  const params = { path: { handle }, query: { under: id, limit: 50 } };
  const asked = me.value ? answer(api.GET('/v1/members/{handle}/highlights', { params })) : answer(api.GET('/v1/public/members/{handle}/highlights', { params }));
  return asked.then((page) => page.items).catch(() => []);
}
