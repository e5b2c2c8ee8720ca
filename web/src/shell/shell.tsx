import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { me, online } from '../api/client';
import { Toasts } from './toasts';
import { counted, spoken, useWaiting, waiting } from './waiting';

const CONTACTS = '/app/contacts';
const PLACES: { path: string; name: string; short?: string }[] = [
  { path: '/app/', name: 'Timeline' },
  { path: '/app/highlights/new', name: 'Add a highlight', short: 'Add' },
  { path: '/app/space-station', name: 'Space Station', short: 'Space' },
  { path: '/app/opportunities', name: 'Board of opportunities', short: 'Board' },
  { path: CONTACTS, name: 'Contacts' },
];
const OWN = [{ path: '/app/profile', name: 'Profile' }, { path: '/app/settings', name: 'Settings' }];
const OPEN = [{ path: '/app/space-station', name: 'Space Station' }, { path: '/app/opportunities', name: 'Board' }, { path: '/app/sign-in', name: 'Sign in' }];

export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  useWaiting();
  const here = (place: string) => (path === place || `${path}/` === place ? 'page' : undefined);
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={toMain}>To the content</a>
      <>
        {!online.value && <p class="offline">You are offline: what you have seen can be read, and what you write is kept.</p>}
        <header class="bar">
          <a class="brand" href="/app/"><Mark /><span>Polyfolio</span></a>
          {me.value ? (
            <>
              <nav class="places" aria-label="Places">
                {PLACES.map((each) => (
                  <a key={each.path} href={each.path} aria-current={here(each.path)} aria-label={each.path === CONTACTS ? contacts() : each.name}>
                    {each.short ?? each.name}{each.path === CONTACTS && <Count />}
                  </a>
                ))}
              </nav>
              <nav class="own" aria-label="Your own">
                {OWN.map((each) => <a key={each.path} href={each.path} aria-current={here(each.path)}>{each.name}</a>)}
              </nav>
            </>
          ) : (
            me.value === null && <nav class="own" aria-label="Places">{OPEN.map((each) => <a key={each.path} href={each.path} aria-current={here(each.path)}>{each.name}</a>)}</nav>
          )}
        </header>
      </>
      <main id="main" tabIndex={-1}>{children}</main>
      <Toasts />
    </div>
  );
}

function contacts(): string {
  const said = spoken(waiting.value);
  return said ? `Contacts: ${said}` : 'Contacts';
}

function Count() {
  const said = counted(waiting.value);
  return said === '0' ? null : <b class="count-mark" aria-hidden="true">{said}</b>;
}

function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** A line of time with three facets on it. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 2v20" stroke="currentColor" stroke-width="1.5" />
      <path d="M11 6h10M11 12h6M11 18h8" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      <circle cx="6" cy="6" r="2.6" fill="var(--facet-0)" />
      <circle cx="6" cy="12" r="2.6" fill="var(--facet-1)" />
      <circle cx="6" cy="18" r="2.6" fill="var(--facet-2)" />
    </svg>
  );
}
