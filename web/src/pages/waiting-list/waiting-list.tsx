import { useEffect, useState } from 'preact/hooks';
import { answer, api, type Place } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault, Send, TextField, useForm } from '../../forms/form';
import { Door, Waiting } from '../../shell/page';

/** A place in the queue: asked for here, and confirmed, seen and left by the link that was mailed. */
export default function WaitingList() {
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  return token ? <Mine token={token} /> : <Join />;
}

function Join() {
  const [asked, setAsked] = useState<string>();
  const form = useForm('waiting-list', { email: '' }, async (body) => {
    await answer(api.POST('/v1/waitlist', { body }));
    setAsked(body.email);
  });
  if (asked) return <Door title="Look at your mail" intro={`A link is on its way to ${asked}. Behind it your place is confirmed, and seen again whenever you like.`}><p class="soft">Nothing came? Look among the unwanted ones, or ask again tomorrow.</p></Door>;
  return (
    <Door title="The waiting list" intro="Polyfolio grows by invitation. If nobody whom you know is here yet, wait for a place of your own.">
      <form class="stack" onSubmit={form.submit} noValidate>
        <TextField label="E-mail" type="email" autocomplete="email" value={form.values.email} onValue={(email) => form.set({ email })} fault={form.problem?.at('email')} />
        <Fault problem={form.problem} />
        <Send busy={form.busy}>Put me on the list</Send>
      </form>
      <p class="soft">You have an invitation? <a href="/app/sign-up">Open your account</a>.</p>
    </Door>
  );
}

function Mine({ token }: { token: string }) {
  const [place, setPlace] = useState<Place>();
  const [gone, setGone] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const trying = (run: () => Promise<unknown>) => {
    setProblem(undefined);
    run().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  };
  useEffect(() => trying(async () => setPlace(await answer(api.POST('/v1/waitlist/confirmations', { body: { token } })))), [token]);
  const go = () => trying(async () => {
    await answer(api.POST('/v1/waitlist/departures', { body: { token } }));
    setGone(true);
  });
  if (gone) return <Door title="You are off the list" intro="Your address is forgotten."><p><a href="/app/waiting-list">Ask for a place again</a></p></Door>;
  if (problem && !place) return <Door title="This link is no longer good"><Fault problem={problem} /><p><a class="button" href="/app/waiting-list" onClick={() => location.assign('/app/waiting-list')}>Ask for a new one</a></p></Door>;
  if (!place) return <Waiting what="Looking for your place" />;
  return (
    <Door title={place.state === 'admitted' ? 'It is your turn' : `You are number ${place.place}`} intro={place.state === 'admitted' ? 'A mail with the link that opens your account is on its way.' : `of ${place.waiting} who wait. A place only ever gets better.`}>
      <Fault problem={problem} />
      <div><button type="button" class="button" onClick={go}>Leave the list</button></div>
    </Door>
  );
}
