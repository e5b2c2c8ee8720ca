// What waits for whoever is here: asked for as they come, and now and then while they stay.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answer, api, me, type Waiting } from '../api/client';

const EVERY_MS = 120_000;
const MOST = 99;
const NOTHING: Waiting = { asked: 0, unread: [] };

export const waiting = signal(NOTHING);

export async function lookForWaiting(): Promise<void> {
  if (!me.value || document.hidden) return;
  waiting.value = await answer(api.GET('/v1/me/waiting')).catch(() => waiting.value); // the next look says it as well
}

/** Whoever is here, and for as long as the page is looked at. */
export function useWaiting(): void {
  const id = me.value?.id;
  useEffect(() => {
    waiting.value = NOTHING;
    if (!id) return undefined;
    const look = () => void lookForWaiting();
    look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id]);
}

/** `3`, or `99+` */
export function counted({ asked, unread }: Waiting): string {
  const all = asked + unread.length;
  return all > MOST ? `${MOST}+` : String(all);
}

/** `2 waiting for your answer, 1 conversation with something new`; nothing where nothing waits. */
export function spoken({ asked, unread }: Waiting): string {
  const news = unread.length === 1 ? '1 conversation with something new' : `${unread.length} conversations with something new`;
  return [asked && `${asked} waiting for your answer`, unread.length && news].filter(Boolean).join(', ');
}
