import { me } from '../../api/client';

/** Which of one's own badges a highlight has. */
export function BadgesChoice({ value, onValue, fault }: { value: string[]; onValue: (value: string[]) => void; fault?: string }) {
  const badges = me.value?.badges ?? [];
  if (!badges.length) return <p class="hint">Badges tell your facets apart. <a href="/app/profile">Make some in your profile</a>.</p>;
  return (
    <fieldset class="field">
      <legend>Badges</legend>
      <div class="pills">
        {badges.map((each, place) => (
          <label key={each.id} class="pill">
            <input type="checkbox" checked={value.includes(each.id)} onChange={(event) => onValue(event.currentTarget.checked ? [...value, each.id] : value.filter((id) => id !== each.id))} />
            <span><i class={`dot facet-${place % 6}`} aria-hidden="true" />{each.name}</span>
          </label>
        ))}
      </div>
      {fault && <span class="fault">{fault}</span>}
    </fieldset>
  );
}
