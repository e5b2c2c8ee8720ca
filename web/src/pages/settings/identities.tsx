import { useEffect, useState } from 'preact/hooks';
import { answer, api, type Provider } from '../../api/client';
import { leaveFor, offered } from '../../api/providers';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { say } from '../../shell/toasts';

/** Accounts elsewhere that sign one in here. */
export function Identities() {
  const [items, setItems] = useState<Provider[]>([]);
  const [linked, setLinked] = useState<ReadonlySet<string>>();
  const { problem, busy, trying } = useTrying();
  const look = async () => {
    const all = await offered();
    setItems(all);
    if (all.length) setLinked(new Set((await answer(api.GET('/v1/me/identities'))).items.map((each) => each.provider)));
  };
  useEffect(() => trying(look), []);
  const unlink = (of: Provider) => trying(async () => {
    await answer(api.DELETE('/v1/me/identities/{provider}', { params: { path: { provider: of.id } } }));
    setLinked((old) => new Set([...old ?? []].filter((each) => each !== of.id)));
    say(`${of.name} signs you in no more.`);
  });
  if (!items.length || !linked) return null;
  return (
    <section class="stack" aria-labelledby="identities">
      <h2 id="identities">Sign in by</h2>
      <ul class="plain">
        {items.map((each) => (
          <li key={each.id} class="spread listed-row">
            <span>{each.name}</span>
            {linked.has(each.id)
              ? <button type="button" class="button small" disabled={busy} aria-label={`Unlink ${each.name}`} onClick={() => unlink(each)}>Unlink</button>
              : <button type="button" class="button small" disabled={busy} aria-label={`Link ${each.name}`} onClick={() => trying(() => leaveFor(each.id, '/app/settings', true))}>Link</button>}
          </li>
        ))}
      </ul>
      <p class="hint">To link one, sign in anew first if you have been here for more than five minutes.</p>
      <Fault problem={problem} />
    </section>
  );
}
