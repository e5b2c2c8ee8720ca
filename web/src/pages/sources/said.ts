import type { Import } from '../../api/client';

export const PUBLISH: Record<Import['publish'], string> = { draft: 'As a draft', at_once: 'Published at once' };
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
