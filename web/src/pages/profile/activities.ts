import { signal } from '@preact/signals';
import { answer, api, type Activity } from '../../api/client';

/** The catalogue of what one can be asked for; asked once. */
export const activities = signal<Activity[]>([]);
let asked = false;

export function nameOf(activity: string): string {
  load();
  return activities.value.find((each) => each.activity === activity)?.name ?? plain(activity);
}

export function load(): void {
  if (asked) return;
  asked = true;
  answer(api.GET('/v1/public/activities')).then((page) => (activities.value = page.items)).catch(() => (asked = false));
}

/** Until the catalogue is there. */
function plain(activity: string): string {
  return activity.charAt(0).toUpperCase() + activity.slice(1).replaceAll('-', ' ');
}
