// The service worker: the shell without a line, and pages that were seen readable again.
export {}; // a module of its own: its `self` is not a window

interface WaitableEvent extends Event { waitUntil: (promise: Promise<unknown>) => void }
interface RequestEvent extends WaitableEvent { request: Request; respondWith: (answer: Promise<Response>) => void }
interface Worker { skipWaiting: () => Promise<void>; clients: { claim: () => Promise<void> }; addEventListener: (name: string, run: (event: never) => void) => void }
type Part = { file: string; css?: string[] };

const SHELL = 'shell-1';
const SEEN = 'seen'; // the client drops it when somebody signs in or out
const START = '/app/';
const PROVIDERS = '/v1/sign-in-providers'; // asked by whoever is nobody yet
const MOST_SEEN = 200;
const worker = self as unknown as Worker;

worker.addEventListener('install', (event: WaitableEvent) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event: WaitableEvent) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener('fetch', (event: RequestEvent) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fresh(request, SHELL, START));
  else if (pathname.startsWith('/app/')) event.respondWith(kept(request));
  else if (pathname.startsWith('/v1/') && pathname !== PROVIDERS) event.respondWith(fresh(request, SEEN));
});

/** All parts of the client, so that a page that was never opened opens without a line too. */
async function fill(): Promise<void> {
  const shell = await caches.open(SHELL);
  const parts = Object.values((await (await fetch('/app/.vite/manifest.json')).json()) as Record<string, Part>);
  const files = parts.flatMap((each) => [each.file, ...(each.css ?? [])]).filter((file) => file.startsWith('assets/'));
  await shell.addAll([START, '/app/theme.js', '/app/icon.svg', ...new Set(files.map((file) => START + file))]);
}

async function fresh(request: Request, store: string, as: Request | string = request): Promise<Response> {
  const cache = await caches.open(store);
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.put(as, response.clone());
      if (store === SEEN) await trim(cache);
    }
    return response;
  } catch (error) {
    const found = await cache.match(as, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  const found = await cache.match(request);
  if (found && request.url.includes('/assets/')) return found;
  return fresh(request, SHELL);
}

async function trim(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_SEEN)).map((key) => cache.delete(key)));
}
