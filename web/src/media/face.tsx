import type { Shown } from '../api/client';
import { Picture } from './picture';

/** Somebody's picture; without one, the letters that their name begins with. The name stands beside it. */
export function Face({ name, avatar, size = 'small' }: { name: string; avatar?: Shown | null; size?: 'small' | 'large' }) {
  if (avatar?.renditions.length) return <span class={`face ${size}`}><Picture of={avatar} alt="" sizes={size === 'large' ? '7rem' : '2.75rem'} shape={1} eager /></span>;
  return <span class={`face letters ${size} facet-${[...name].reduce((sum, each) => sum + each.codePointAt(0)!, 0) % 6}`} aria-hidden="true">{initials(name)}</span>;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((each) => [...(each ?? '')][0] ?? '').join('').toUpperCase();
}
