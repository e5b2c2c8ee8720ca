// The year rail, as numbers: where one can go, and where that stands. Drawn from counts alone.
import { monthName } from './dates.ts';

export interface Years { years: { year: number; count: number; months: { month: number; count: number }[] }[] }

/** A month with highlights, or (month 0) those of a year that name no month. */
export interface Stop { year: number; month: number; count: number; at: string }

export interface Mark extends Stop { y: number }
export interface Label { year: number; y: number }

const SLOTS = 13; // twelve months, and below them what has none
const LABEL_ROOM = 16;

/** Newest first, as the timeline is. */
export function stops(counts: Years): Stop[] {
  return counts.years.flatMap(({ year, count, months }) => {
    const named = months.filter((each) => each.count > 0);
    const rest = count - named.reduce((sum, each) => sum + each.count, 0);
    const those = named.map((each) => ({ ...each, year, at: `${year}-${String(each.month).padStart(2, '0')}` }));
    return rest > 0 ? [...those, { year, month: 0, count: rest, at: String(year) }] : those;
  });
}

/** Time is to scale: an empty year is empty space. */
export function marks(all: Stop[], height: number): Mark[] {
  const newest = all[0]?.year ?? 0;
  const slots = (newest - (all.at(-1)?.year ?? 0) + 1) * SLOTS;
  return all.map((each) => {
    const slot = (newest - each.year) * SLOTS + (each.month ? 12 - each.month : 12);
    return { ...each, y: ((slot + 0.5) / slots) * height };
  });
}

/** A label where a year begins and 16 px are free; the oldest year has one always. */
export function labels(placed: Mark[]): Label[] {
  const firsts = placed.filter((each, place) => placed[place - 1]?.year !== each.year).map(({ year, y }) => ({ year, y }));
  const oldest = firsts.at(-1);
  const kept: Label[] = [];
  for (const each of firsts.slice(0, -1)) {
    const before = kept.at(-1);
    if ((!before || each.y - before.y >= LABEL_ROOM) && oldest!.y - each.y >= LABEL_ROOM) kept.push(each);
  }
  return oldest ? [...kept, oldest] : [];
}

/** The stop nearest to a place on the rail. */
export function nearest(placed: Mark[], y: number): number {
  let best = 0;
  placed.forEach((each, place) => {
    if (Math.abs(each.y - y) < Math.abs(placed[best]!.y - y)) best = place;
  });
  return best;
}

/** The stop that a highlight belongs to: that of its own month, or the next one below it. */
export function stopOf(all: Stop[], start: string): number {
  const at = start.slice(0, 7);
  const exact = all.findIndex((each) => each.at === at);
  if (exact >= 0) return exact;
  const below = all.findIndex((each) => each.at <= at);
  return below >= 0 ? below : Math.max(0, all.length - 1);
}

/** Where a key leads from a stop; undefined for a key that leads nowhere. */
export function moved(all: Stop[], from: number, key: string): number | undefined {
  const year = all[from]?.year ?? 0;
  const last = all.length - 1;
  switch (key) {
    case 'ArrowUp': case 'ArrowRight': return Math.max(0, from - 1);
    case 'ArrowDown': case 'ArrowLeft': return Math.min(last, from + 1);
    case 'PageUp': {
      const newer = all[all.findIndex((each) => each.year === year) - 1]?.year;
      return newer === undefined ? 0 : all.findIndex((each) => each.year === newer);
    }
    case 'PageDown': {
      const older = all.findIndex((each) => each.year < year);
      return older < 0 ? last : older;
    }
    case 'Home': return 0;
    case 'End': return last;
    default: return undefined;
  }
}

/** "March 2021, 4 highlights" */
export function spoken(stop: Stop): string {
  return `${name(stop)}, ${stop.count} ${stop.count === 1 ? 'highlight' : 'highlights'}`;
}

export function name(stop: Stop): string {
  return stop.month ? `${monthName(stop.month)} ${stop.year}` : String(stop.year);
}
