import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, onceKey } from '../../api/client';
import { Problem } from '../../api/problem';
import { Fault } from '../../forms/form';
import { Page, Waiting } from '../../shell/page';

/** Where LinkedIn leads back to: on to what is found there, or back with the reason. */
export default function LinkedinReturn() {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    history.replaceState(null, '', location.pathname); // the code is good once, and need not stay in the address
    const come = async () => {
      const [state, code] = [query.get('state'), query.get('code')];
      if (!state || !code) throw new Problem(403, 'You have not agreed there. Nothing has happened.');
      const made = await answer(api.POST('/v1/sources/linkedin/connections', { params: { header: { 'Idempotency-Key': onceKey() } }, body: { state, code } }));
      route(`/app/sources/${made.id}`, true);
    };
    come().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  }, []);
  if (!problem) return <Waiting what="Connecting LinkedIn" />;
  return <Page title="Not connected"><Fault problem={problem} /><p><a class="button" href="/app/sources">Back to your sources</a></p></Page>;
}
