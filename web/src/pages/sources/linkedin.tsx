import { answer, api } from '../../api/client';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';

/** Leads to LinkedIn, where one agrees, and from there to the page of what was found. */
export function ConnectLinkedin({ again = false }: { again?: boolean }) {
  const { problem, busy, trying } = useTrying();
  const leave = () => trying(async () => {
    const begun = await answer(api.POST('/v1/sources/linkedin/authorizations'));
    location.assign(begun.address);
  });
  return (
    <div class="stack">
      {!again && <p class="soft">LinkedIn tells us of your positions, education and works, of nothing else, and only while you allow it. It does so for its members in the European Economic Area and Switzerland; from everywhere else, bring its archive along.</p>}
      <div><button type="button" class="button" disabled={busy} onClick={leave}>{again ? 'Connect it again' : 'Connect LinkedIn'}</button></div>
      <Fault problem={problem} />
    </div>
  );
}
