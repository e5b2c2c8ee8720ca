/** Each message once, in the order of their numbers. */
export function merged<T extends { number: number }>(old: T[], more: T[]): T[] {
  return [...new Map([...old, ...more].map((each) => [each.number, each])).values()].sort((a, b) => a.number - b.number);
}
