import type { Activity } from '../../api/client';

export interface Asked { activity?: Activity['activity']; place?: string; tag?: string[]; remote?: 'true'; paid?: 'true'; mine?: 'true' }

/** The board's filters, as its address says them; one's own go alone. */
export function asked({ activity, place, tag, remote, paid, mine }: Record<string, string>): Asked {
  if (mine) return { mine: 'true' };
  return {
    ...(activity && { activity: activity as Activity['activity'] }),
    ...(place && { place }),
    ...(tag && { tag: [tag] }),
    ...(remote && { remote: 'true' as const }),
    ...(paid && { paid: 'true' as const }),
  };
}
