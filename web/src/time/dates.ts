// Dates as people know them: `2021`, `2021-03` or `2021-03-14`. No day is invented, and no time zone moves one.

export interface Parts { year: string; month: string; day: string }

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

export function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

export function parts(date: string | null | undefined): Parts {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return { year, month, day };
}

/** Only as precise as what was given: a day without a month counts for nothing. */
export function partial({ year, month, day }: Parts): string {
  const known = [year.trim(), month && month.padStart(2, '0'), month && day && day.padStart(2, '0')];
  return known.filter(Boolean).join('-');
}

export function daysIn(year: string, month: string): number {
  return new Date(Date.UTC(Number(year) || 2000, Number(month), 0)).getUTCDate();
}

export function said(date: string): string {
  const { year, month, day } = parts(date);
  return [day && String(Number(day)), month && monthName(Number(month)), year].filter(Boolean).join(' ');
}

/** `March to May 2021`, `14 to 16 March 2021`, `since 2019`. */
export function period(start: string, end: string | null | undefined, ongoing: boolean): string {
  if (ongoing) return `since ${said(start)}`;
  if (!end || end === start) return said(start);
  const [from, to] = [parts(start), parts(end)];
  if (from.year !== to.year || !from.month || !to.month) return `${said(start)} to ${said(end)}`;
  if (from.month !== to.month || !from.day || !to.day) {
    const begun = [from.day && String(Number(from.day)), monthName(Number(from.month))].filter(Boolean).join(' ');
    return from.month === to.month && !from.day && !to.day ? said(start) : `${begun} to ${said(end)}`;
  }
  return `${Number(from.day)} to ${said(end)}`;
}

/** The API's own order, read backwards: newest first, coarser after finer, ongoing on top of its year. */
export function sortKey(of: { start: string; ongoing: boolean; id: string }): string {
  const full = of.start + '-00-00'.slice(of.start.length - 4);
  return `${of.ongoing ? `${full.slice(0, 4)}-99-${full.slice(5)}` : full}#${of.id}`;
}

/** Whether a range ends before it starts, at the precision that both have. */
export function isBefore(end: string, start: string): boolean {
  const precision = Math.min(end.length, start.length);
  return end.slice(0, precision) < start.slice(0, precision);
}
