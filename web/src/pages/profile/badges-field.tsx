export interface EditedBadge { id?: string; name: string }

const MOST = 10;

/** The facets of a person, in the order in which they are shown; a renamed one keeps its highlights. */
export function BadgesField({ badges, onBadges, fault, start = 1 }: { badges: EditedBadge[]; onBadges: (badges: EditedBadge[]) => void; fault: (row: number) => string | undefined; start?: number }) {
  const rows = badges.length >= start ? badges : [...badges, ...Array.from({ length: start - badges.length }, () => ({ name: '' }))];
  const rename = (row: number, name: string) => onBadges(rows.map((each, place) => (place === row ? { ...each, name } : each)));
  const up = (row: number) => onBadges(rows.map((each, place) => (place === row - 1 ? rows[row]! : place === row ? rows[row - 1]! : each)));
  return (
    <fieldset class="field">
      <legend>Badges</legend>
      <span class="hint">Your facets: “Software engineer”, “Yoga teacher”, “Coffee roaster”. Visitors can look at one alone.</span>
      {rows.map((each, row) => (
        <div key={row}>
          <div class="badge-row">
            <i class={`dot facet-${row % 6}`} aria-hidden="true" />
            <input type="text" maxLength={40} aria-label={`Badge ${row + 1}`} aria-invalid={fault(row) ? 'true' : undefined} value={each.name} onInput={(event) => rename(row, event.currentTarget.value)} />
            <button type="button" class="button quiet" disabled={row === 0} aria-label={`Move ${each.name || 'this badge'} up`} onClick={() => up(row)}>↑</button>
            <button type="button" class="button quiet" aria-label={`Remove ${each.name || 'this badge'}`} onClick={() => onBadges(rows.filter((_, place) => place !== row))}>×</button>
          </div>
          {fault(row) && <span class="fault">{fault(row)}</span>}
        </div>
      ))}
      {rows.length < MOST && <div><button type="button" class="button small" onClick={() => onBadges([...rows, { name: '' }])}>Add a badge</button></div>}
    </fieldset>
  );
}
