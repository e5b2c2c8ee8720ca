// What can be uploaded, as the API names it (functions/media/kinds.py). Pure.

const BY_ENDING: Record<string, string> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', avif: 'image/avif', heic: 'image/heic', heif: 'image/heic',
  mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm', mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', flac: 'audio/flac', wav: 'audio/wav', pdf: 'application/pdf',
};
export const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,.heic,.heif';
export const ALL = [...new Set(Object.values(BY_ENDING))].join(',') + ',.heic,.heif,.m4a,.flac';

/** How long it is before one looks again for what is being prepared. */
export const PREPARED_MS = 3_000;

export function preparing({ state }: { state: string }): boolean {
  return state === 'waiting' || state === 'processing';
}

/** What the browser says it is; where it says nothing (HEIC, on most systems), what its name says. */
export function typeOf({ type, name }: { type: string; name: string }): string {
  return type || BY_ENDING[name.split('.').at(-1)!.toLowerCase()] || 'application/octet-stream';
}

/** `1:04`, `1:02:03` */
export function lasting(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((each) => String(each).padStart(2, '0'))].join(':');
}

/** `340 kB`, `4.2 MB` */
export function sized(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
