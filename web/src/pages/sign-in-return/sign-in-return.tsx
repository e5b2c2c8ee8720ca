import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { answer, api, signInBy } from '../../api/client';
import { Problem } from '../../api/problem';
import { begun, keepProven } from '../../api/providers';
import { Fault } from '../../forms/form';
import { Door, Waiting } from '../../shell/page';
import { say } from '../../shell/toasts';

/** Where a provider leads back to: in, on to an account of one's own, or back to the door with the reason. */
export default function SignInReturn() {
  const { provider } = useRoute().params as { provider: string };
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const way = begun(provider);
    history.replaceState(null, '', location.pathname); // the code is good once, and need not stay in the address
    const come = async () => {
      const [state, code] = [query.get('state'), query.get('code')];
      if (!way || !state || !code) throw new Problem(403, query.has('error') ? 'You have not agreed there. Nothing has happened.' : 'This way to sign in was begun elsewhere, or is over. Begin again.');
      const proven = await answer(api.POST('/v1/sign-in-providers/{provider}/identities', { params: { path: { provider } }, body: { state, code, secret: way.secret } }));
      const { identity } = proven;
      if (way.link) {
        await answer(api.POST('/v1/me/identities', { body: { identity } }));
        say('From now on it signs you in.');
        route('/app/settings', true);
      } else if (proven.linked) {
        await signInBy(identity);
        route(way.then, true);
      } else {
        keepProven({ identity, provider, name: proven.name, email: proven.email });
        route('/app/sign-up', true);
      }
    };
    come().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    });
  }, []);
  if (!problem) return <Waiting what="Signing in" />;
  return <Door title="Not signed in"><Fault problem={problem} /><p><a class="button" href="/app/sign-in">Back to the door</a></p></Door>;
}
