import type { Import, NewSource, Source } from '../../api/client';

/** What is added by its address; LinkedIn is connected. */
export const ADDED: Record<NewSource['kind'], string> = { feed: 'A blog, a channel, a feed', medium: 'Medium' };
export const KINDS: Record<Source['kind'], string> = { ...ADDED, linkedin: 'LinkedIn' };
export const PUBLISH: Record<Source['publish'], string> = { draft: 'As a draft', at_once: 'Published at once' };
export const STATES: Record<Source['state'], string> = { previewing: 'Waits for your choice', active: 'Comes by itself', paused: 'Paused', stopped: 'Is no more' };
export const IMPORTED: Record<Import['kind'], string> = { linkedin: 'LinkedIn', medium: 'Medium', json_resume: 'JSON Resume' };

const IMPORTS: Record<Import['state'], string> = {
  waiting: 'Waits for the file', reading: 'Is being read', preview: 'Waits for your choice', taking: 'Is being taken over', done: 'Taken over', refused: 'Refused', undoing: 'Is being undone',
};

export function said({ state }: Import): string {
  return IMPORTS[state];
}

/** Whether it goes on by itself, so that one looks again. */
export function isMoving({ state }: Import): boolean {
  return state === 'waiting' || state === 'reading' || state === 'taking' || state === 'undoing';
}
