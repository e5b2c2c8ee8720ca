import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, me, noted } from '../../api/client';
import { Problem } from '../../api/problem';
import { DateField } from '../../forms/date-field';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { MediaField } from '../../media/media-field';
import { OwnPicture } from '../../media/portraits';
import { Door } from '../../shell/page';
import { TagBox } from '../../tags/tag-box';
import { bodyOf, empty, faults } from '../compose/draft';
import { BadgesChoice } from '../profile/badges-choice';
import { BadgesField, type EditedBadge } from '../profile/badges-field';
import '../profile/profile.css';

/** Useful after three steps. Each can be left out, and all of it changed later. */
export default function Welcome() {
  const [step, setStep] = useState(1);
  const next = () => {
    setStep(step + 1);
    scrollTo(0, 0);
  };
  return (
    <>
      {step === 1 && <Name next={next} />}
      {step === 2 && <Badges next={next} />}
      {step === 3 && <First />}
    </>
  );
}

function Step({ number }: { number: number }) {
  return <p class="soft small">Step {number} of 3</p>;
}

function Name({ next }: { next: () => void }) {
  const form = useForm('welcome-name', { name: me.value!.name, headline: me.value!.headline ?? '' }, async (body) => {
    noted(await answer(api.PATCH('/v1/me', { body })));
    next();
  });
  const { values, set, problem } = form;
  return (
    <Door title={`Welcome, ${me.value!.name}`} intro="Three steps, and your timeline begins.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <Step number={1} />
        <OwnPicture />
        <TextField label="Name" autocomplete="name" maxLength={80} value={values.name} onValue={(name) => set({ name })} fault={problem?.at('name')} />
        <TextField label="Headline" maxLength={160} autofocus value={values.headline} onValue={(headline) => set({ headline })} hint="All that you are, in a line: “Data tools in the morning, yoga at night.”" fault={problem?.at('headline')} />
        <Fault problem={problem} />
        <div class="row"><Send busy={form.busy}>Go on</Send><button type="button" class="button quiet" onClick={next}>Later</button></div>
      </form>
    </Door>
  );
}

function Badges({ next }: { next: () => void }) {
  const form = useForm<{ badges: EditedBadge[] }>('welcome-badges', { badges: me.value!.badges ?? [] }, async ({ badges }) => {
    const named = badges.filter((each) => each.name.trim());
    noted(await answer(api.PATCH('/v1/me', { body: { badges: named } })));
    next();
  });
  return (
    <Door title="Three badges" intro="You are more than one thing. Name three of them.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <Step number={2} />
        <BadgesField start={3} badges={form.values.badges} onBadges={(badges) => form.set({ badges })} fault={(row) => form.problem?.at(`badges/${row}`)} />
        <Fault problem={form.problem} />
        <div class="row"><Send busy={form.busy}>Go on</Send><button type="button" class="button quiet" onClick={next}>Later</button></div>
      </form>
    </Door>
  );
}

function First() {
  const { route } = useLocation();
  const sending = useRef(0);
  const form = useForm('welcome-first', empty(new Date()), async (draft, key) => {
    const wrong = faults(draft, sending.current);
    if (wrong.size) throw new Problem(422, 'One field needs another look.', wrong);
    await answer(api.POST('/v1/highlights', { params: { header: { 'Idempotency-Key': key } }, body: bodyOf(draft) }));
    scrollTo(0, 0); // what replaces a page does not begin at its top by itself
    route('/app/', true);
  });
  const { values, set, problem } = form;
  return (
    <Door title="One highlight" intro="The last thing that you made, gave or learned, and were glad about.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <Step number={3} />
        <TextField label="What was it?" maxLength={200} autofocus value={values.title} onValue={(title) => set({ title })} fault={problem?.at('title')} />
        <DateField label="When?" value={values.start} onValue={(date) => set({ start: date })} fault={problem?.at('start')} />
        <MediaField value={values.media} before={[]} set={(change) => set((now) => ({ media: change(now.media) }))} onSending={(count) => (sending.current = count)} fault={(row) => problem?.at(`media/${row}`)} />
        <BadgesChoice value={values.badges} onValue={(badges) => set({ badges })} fault={problem?.at('badges')} />
        <TagBox label="Tags" hint="Enter or a comma adds one." chips={values.tags} onChips={(tags) => set({ tags })} fault={problem?.at('tags')} />
        <Fault problem={problem} />
        {problem?.at('sending') && <p class="fault">{problem.at('sending')}</p>}
        <div class="row"><Send busy={form.busy}>Put it on my timeline</Send><a class="button quiet" href="/app/">Later</a></div>
      </form>
    </Door>
  );
}
