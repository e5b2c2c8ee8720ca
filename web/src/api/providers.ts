// Signing in by an account elsewhere: there and back. What this tab alone may know is kept in it alone.
import { answer, api, type Provider } from './client';

const WAY = 'sign-in-way';
const PROVEN = 'sign-in-proven';

/** `then`: where one goes after it; `link`: it is to sign in who is here already. */
interface Way { provider: string; secret: string; then: string; link?: boolean }
export interface Proven { identity: string; provider: string; name: string; email: string }

export function offered(): Promise<Provider[]> {
  return answer(api.GET('/v1/sign-in-providers')).then((page) => page.items).catch(() => []); // then it is not offered
}

export async function leaveFor(provider: string, then: string, link = false): Promise<void> {
  const way = await answer(api.POST('/v1/sign-in-providers/{provider}/authorizations', { params: { path: { provider } } }));
  sessionStorage.setItem(WAY, JSON.stringify({ provider, secret: way.secret, then, link } satisfies Way));
  location.assign(way.address);
}

/** The way that was begun in this tab, once. */
export function begun(provider: string): Way | undefined {
  const way = read<Way>(WAY);
  sessionStorage.removeItem(WAY);
  return way?.provider === provider ? way : undefined;
}

/** For the form that opens an account; until the tab is closed. */
export function keepProven(proven: Proven | undefined): void {
  if (proven) sessionStorage.setItem(PROVEN, JSON.stringify(proven));
  else sessionStorage.removeItem(PROVEN);
}

export function proven(): Proven | undefined {
  return read<Proven>(PROVEN);
}

function read<T>(name: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(name) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}
