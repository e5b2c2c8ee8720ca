import { useEffect } from 'preact/hooks';
import { me, type Member } from '../../api/client';
import { Face } from '../../media/face';
import { Picture } from '../../media/picture';
import { Prose } from '../../shell/prose';
import { activities, load, nameOf } from '../profile/activities';
import { PersonActs } from './person-acts';
import type { Place } from './place';

export function Person({ member, own, place, to }: { member: Member; own: boolean; place: Place; to: (change: Partial<Place>) => string }) {
  void activities.value;
  useEffect(() => { if (member.open_to.length) load(); }, [member.open_to.length]);
  const about = [member.pronouns, member.location].filter(Boolean).join(' · ');
  return (
    <header class="person">
      {member.banner && member.banner.renditions.length > 0 && <div class="banner"><Picture of={member.banner} alt="" sizes="(max-width: 72rem) 96vw, 70rem" shape={4} eager /></div>}
      <div class="person-name">
        {member.avatar && <Face name={member.name} avatar={member.avatar} size="large" />}
        <div>
          <h1>{member.name}</h1>
          <p class="soft">@{member.handle}{about && ` · ${about}`}</p>
        </div>
      </div>
      {member.headline && <p class="headline">{member.headline}</p>}
      {!own && me.value && <PersonActs member={member} />}
      {member.badges.length > 0 && (
        <nav class="facets" aria-label="Facets">
          {member.badges.map((each, number) => (
            <a key={each.id} href={to({ badge: place.badge === each.id ? undefined : each.id })} aria-current={place.badge === each.id ? 'true' : undefined}>
              <i class={`dot facet-${number % 6}`} aria-hidden="true" />{each.name}
            </a>
          ))}
        </nav>
      )}
      {(member.bio_html || member.links.length > 0 || member.open_to.length > 0) && (
        <details>
          <summary>{own ? 'How others see the rest of your profile' : `About ${member.name}`}</summary>
          <div class="stack about">
            {member.bio_html && <Prose html={member.bio_html} />}
            {member.open_to.length > 0 && (
              <dl>
                <dt class="label">Open to</dt>
                {member.open_to.map((each) => <dd key={each.activity}>{nameOf(each.activity)}{each.note && <span class="soft">: {each.note}</span>}</dd>)}
              </dl>
            )}
            {member.links.length > 0 && (
              <ul class="plain row">{member.links.map((each) => <li key={each.url}><a href={each.url} rel="nofollow noopener noreferrer ugc me">{each.title || each.url}</a></li>)}</ul>
            )}
          </div>
        </details>
      )}
    </header>
  );
}
