// The only place that calls the API and knows the token. The token lives in memory; a reload renews it by the
// cookie that no script can read.

import { signal } from '@preact/signals';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { OFFLINE, Problem, problemOf, unreachable, type ProblemDocument } from './problem';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Member = Schemas['Member'];
// By its route: other contexts may have a Card too, and then the name is not enough.
export type Card = paths['/v1/members/{handle}/highlights']['get']['responses'][200]['content']['application/json']['items'][number];
export type Highlight = Schemas['Highlight'];
export type NewHighlight = Schemas['NewHighlight'];
export type Kind = NewHighlight['kind'];
export type Years = Schemas['Years'];
export type Activity = Schemas['CatalogueEntry'];
export type Badge = Schemas['Badge'];
export type Openness = Schemas['OwnOpenness'];
export type Posted = Schemas['Posted'];
export type Posting = Schemas['PostedWhole'];
export type Opportunity = Schemas['Opportunity'];
export type Session = Schemas['OwnSession'];
export type Invitation = Schemas['Invitation'];
export type Invited = paths['/v1/invitations/{code}']['get']['responses'][200]['content']['application/json'];
export type Place = Schemas['Place'];
export type Given = Schemas['Given'];
export type Link = { url: string; title?: string };
export type Media = paths['/v1/media/{media_id}']['get']['responses'][200]['content']['application/json'];
export type Attached = Highlight['media'][number];
/** What can be seen or played, wherever it stands. */
export type Shown = NonNullable<Me['avatar']>;
export type Preview = Schemas['Preview'];
type People = paths['/v1/space-station']['get']['responses'][200]['content']['application/json'];
export type Found = People['items'][number];
export type FacetCounts = NonNullable<People['facets']>;
export type ContactCard = paths['/v1/contacts']['get']['responses'][200]['content']['application/json']['items'][number];
export type ContactWhole = paths['/v1/contacts/{contact_id}']['get']['responses'][200]['content']['application/json'];
export type Token = Schemas['Token'];
export type Admissions = Schemas['Admissions'];
export type FollowCounts = Schemas['FollowCounts'];
export type Import = Schemas['Import'];
export type ImportRow = Schemas['ImportRow'];
export type Source = Schemas['Source'];
export type Sources = Schemas['Sources'];
export type NewSource = Schemas['NewSource'];
export type SourceWhole = Schemas['SourceWithEntries'];
export type SourceEntry = Schemas['SourceEntry'];
export type Inbox = Schemas['Inbox'];
export type Provider = Schemas['SignInProvider'];
export type Message = Schemas['Message'];
export type Waiting = Schemas['Waiting'];

/** Who is signed in: undefined while that is being found out, null for nobody. */
export const me = signal<Me | null | undefined>(undefined);
export const online = signal(navigator.onLine);
/** The groups that the token names; the API asks the same token, and this only shows the way there. */
export const groups = signal<string[]>([]);

const EARLY_SECONDS = 30;
const LAST = 'last-member'; // so that pages that were seen can be read again without a line

let token: string | undefined;
let tokenEnds = 0;
let renewing: Promise<boolean> | undefined;
const tabs = new BroadcastChannel('session');

addEventListener('online', () => (online.value = true));
addEventListener('offline', () => (online.value = false));
tabs.onmessage = () => void forget();

const client = createClient<paths>({ fetch: send });

/** The call's answer; or a Problem is thrown. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw problemOf(response.status, error as ProblemDocument | undefined, response.headers.get('retry-after'));
  }
  return data as T;
}

export const api = client;

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  if (token && Date.now() > tokenEnds) await renew();
  const first = await fetched(request);
  const open = /\/v1\/(sessions|accounts|password-resets|public)/.test(request.url) && request.method !== 'DELETE';
  return first.status === 401 && !open && (await renew()) ? fetched(again) : first;
}

async function fetched(request: Request): Promise<Response> {
  if (token) request.headers.set('authorization', `Bearer ${token}`);
  try {
    const response = await fetch(request); // which can be the service worker's, of what was seen before
    online.value = navigator.onLine;
    return response;
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    online.value = navigator.onLine;
    throw unreachable();
  }
}

/** Once for all who ask at the same time. */
function renew(): Promise<boolean> {
  // One tab after the other: a refresh token is good for one renewal, and the cookie is theirs together.
  renewing ??= navigator.locks.request('renewal', renewed).then((done) => done).finally(() => (renewing = undefined));
  return renewing;
}

async function renewed(): Promise<boolean> {
  const answered = await fetch('/v1/sessions/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    .catch(() => { throw unreachable(); });
  if (!answered.ok) {
    token = undefined;
    if (me.value) await forget();
    return false;
  }
  keep((await answered.json()) as Schemas['Session']);
  return true;
}

function keep(session: Schemas['Session']): void {
  token = session.access_token;
  groups.value = groupsIn(token);
  tokenEnds = Date.now() + (session.expires_in - EARLY_SECONDS) * 1000;
}

function groupsIn(token: string): string[] {
  try {
    const said = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    return [said['cognito:groups'] ?? []].flat() as string[];
  } catch {
    return [];
  }
}

/** Finds out who is here. Without a line, whoever was here last can read what they have seen. */
export async function arrive(): Promise<void> {
  if (!localStorage.getItem(LAST)) { // nobody has signed in on this device: no cookie to try
    me.value = null;
    return;
  }
  try {
    me.value = (await renew()) ? await whoAmI() : null;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== OFFLINE) throw error;
    me.value = JSON.parse(localStorage.getItem(LAST) ?? 'null') as Me | null;
  }
}

export async function whoAmI(): Promise<Me> {
  return noted(await answer(api.GET('/v1/me')));
}

/** Profile as it is now; keeps what an offline start shows. */
export function noted(now: Me): Me {
  localStorage.setItem(LAST, JSON.stringify(now));
  me.value = now;
  return now;
}

export async function signIn(email: string, password: string): Promise<void> {
  keep(await answer(api.POST('/v1/sessions', { body: { email, password, refresh_token_in: 'cookie' } })));
  await dropSeen();
  await whoAmI();
}

/** By what a provider has said of who one is. */
export async function signInBy(identity: string): Promise<void> {
  keep(await answer(api.POST('/v1/sessions', { body: { identity, refresh_token_in: 'cookie' } })));
  await dropSeen();
  await whoAmI();
}

export async function signOut(everywhere = false): Promise<void> {
  await answer(api.DELETE('/v1/sessions', { params: { query: { everywhere: everywhere ? 'true' : 'false' } }, body: {} }));
  await forget();
  tabs.postMessage('signed out');
}

/** Deletes the account, and all that this device knows of it. */
export async function leave(password: string): Promise<void> {
  await answer(api.DELETE('/v1/me', { body: { password } }));
  localStorage.clear();
  await forget();
  tabs.postMessage('gone');
}

async function forget(): Promise<void> {
  token = undefined;
  groups.value = [];
  localStorage.removeItem(LAST);
  me.value = null;
  await dropSeen();
}

/** What one member has read is not for the next one at this device. */
async function dropSeen(): Promise<void> {
  if ('caches' in window) await caches.delete('seen');
}

/** For what creates: a call that is sent twice with the same key creates once. */
export function onceKey(): string {
  return crypto.randomUUID();
}

/** Goes out even while the page closes. */
export function deleteOnLeaving(id: string): void {
  void fetch(`/v1/highlights/${id}`, { method: 'DELETE', keepalive: true, headers: { authorization: `Bearer ${token}` } });
}
