import { me, type Found } from '../../api/client';
import { Face } from '../../media/face';
import { nameOf } from '../profile/activities';
import { KINDS } from '../timeline/place';
import { address, asked } from './asked';

type Named = Extract<Found, { handle: string }>;
type Blind = Extract<Found, { alias: string }>;

export function Card({ of }: { of: Found }) {
  return 'alias' in of ? <BlindCard of={of} /> : <NamedCard of={of} />;
}

function NamedCard({ of }: { of: Named }) {
  return (
    <article class="person-card" aria-labelledby={`who-${of.id}`}>
      <header>
        <Face name={of.name} />
        <div>
          <h2 id={`who-${of.id}`}><a href={`/app/@${of.handle}`}>{of.name}</a></h2>
          <p class="small soft">{[`@${of.handle}`, of.location].filter(Boolean).join(' · ')}</p>
        </div>
      </header>
      {of.headline && <p>{of.headline}</p>}
      <Badges badges={of.badges} />
      <Work of={of} />
      <Open of={of} to={(activity) => `/app/contact?member=${of.handle}&activity=${activity}`} own={of.id === me.value?.id} />
    </article>
  );
}

/** Nothing that names anybody: only what others here have too. */
function BlindCard({ of }: { of: Blind }) {
  const id = `who-${of.alias.slice(-12)}`;
  return (
    <article class="person-card blind" aria-labelledby={id}>
      <h2 id={id}>{of.revealed ? <a href={`/app/@${of.revealed.handle}`}>{of.revealed.name}</a> : of.badges.length ? of.badges.map(capital).join(' · ') : 'Somebody'}</h2>
      {of.revealed ? <><p class="small soft">They have told you who they are.</p><Badges badges={of.badges} /></> : of.places.length > 0 && <p class="small soft">{of.places.map(capital).join(', ')}</p>}
      <Work of={of} />
      <Open of={of} to={(activity) => `/app/contact?alias=${encodeURIComponent(of.alias)}&activity=${activity}&open=${of.open_to.join(',')}`} own={false} />
    </article>
  );
}

function Badges({ badges }: { badges: string[] }) {
  if (!badges.length) return null;
  return <ul class="plain row badges" aria-label="Badges">{badges.map((each, place) => <li key={each}><i class={`dot facet-${place % 6}`} aria-hidden="true" />{capital(each)}</li>)}</ul>;
}

/** What the order follows from, in words. */
function Work({ of }: { of: Found }) {
  const kinds = of.merit.kinds.map((each) => KINDS[each as keyof typeof KINDS] ?? each);
  return (
    <>
      {kinds.length > 0 && <p class="small soft">{kinds.slice(0, 5).join(', ')}{kinds.length > 5 && ' …'}{of.merit.latest && ` · latest ${of.merit.latest.slice(0, 4)}`}</p>}
      {of.tags.length > 0 && <p class="row small tags">{of.tags.map((tag) => <a key={tag} href={address({ ...asked(''), tag: [tag], blind: 'alias' in of })}>#{tag}</a>)}</p>}
    </>
  );
}

function Open({ of, to, own }: { of: Found; to: (activity: string) => string; own: boolean }) {
  if (!of.open_to.length) return null;
  return (
    <ul class="plain row asks" aria-label="Open to">
      {of.open_to.map((each) => <li key={each}>{own ? <span class="chip">{nameOf(each)}</span> : <a class="button small" href={to(each)}>{nameOf(each)}</a>}</li>)}
    </ul>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
