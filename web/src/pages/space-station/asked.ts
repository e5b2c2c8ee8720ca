// What is looked for in the Space Station, as its address says it. Pure.

export const FACETS = ['open_to', 'badge', 'tag', 'place'] as const;
export type Facet = (typeof FACETS)[number];
export type Asked = Record<Facet, string[]> & { q: string; blind: boolean };

export function asked(url: string): Asked {
  const said = new URLSearchParams(url.split('?')[1] ?? '');
  const all = (facet: Facet) => [...new Set(said.getAll(facet).map((each) => each.trim()).filter(Boolean))];
  const blind = said.get('blind') === 'true';
  return { open_to: all('open_to'), badge: all('badge'), tag: all('tag'), place: all('place'), q: blind ? '' : (said.get('q') ?? '').trim(), blind };
}

export function address(of: Asked): string {
  const query = new URLSearchParams();
  if (of.q && !of.blind) query.set('q', of.q);
  for (const facet of FACETS) of[facet].forEach((value) => query.append(facet, value));
  if (of.blind) query.set('blind', 'true');
  return query.size ? `/app/space-station?${query}` : '/app/space-station';
}

/** With this value, or without it where it was there. */
export function toggled(of: Asked, facet: Facet, value: string): Asked {
  const now = of[facet].includes(value) ? of[facet].filter((each) => each !== value) : [...of[facet], value];
  return { ...of, [facet]: now };
}

export function isNothing(of: Asked): boolean {
  return !of.q && FACETS.every((facet) => !of[facet].length);
}
