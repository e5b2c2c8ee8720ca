// A file on its way: a place for it, then the file itself past the API, then what became of it.
import { answer, api, type Media } from '../api/client';
import { Problem, unreachable } from '../api/problem';
import { typeOf } from './kinds';

const FIRST_LOOK_MS = 500;
const LONGEST_WAIT_MS = 4_000;

export interface Place { url: string; fields: Record<string, string> }

export async function upload(file: File, key: string, signal: AbortSignal, progress: (share: number) => void): Promise<Media> {
  if (!file.size) throw new Problem(422, 'This file is empty.');
  const body = { file_name: file.name.slice(-255), content_type: typeOf(file), size: file.size };
  const { upload: place, ...made } = await answer(api.POST('/v1/media', { params: { header: { 'Idempotency-Key': key } }, body, signal }));
  try {
    await post(place as Place, file, signal, progress);
  } catch (error) {
    if (signal.aborted) drop(made.id);
    throw error;
  }
  return made;
}

/** Asks until it is ready, or refused with a reason. */
export async function settled(id: string, signal: AbortSignal): Promise<Media> {
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const now = await answer(api.GET('/v1/media/{media_id}', { params: { path: { media_id: id } }, signal }));
    if (now.state === 'ready' || now.state === 'refused') return now;
    await new Promise((done) => setTimeout(done, wait));
  }
}

/** What nobody refers to would go by itself after a while; this frees its space at once. */
export function drop(id: string): void {
  answer(api.DELETE('/v1/media/{media_id}', { params: { path: { media_id: id } } })).catch(() => undefined);
}

/** What went wrong, for people: the sentence at the field says more than that of the whole. */
export function reasonOf(problem: Problem): string {
  return problem.at('size') ?? problem.at('content_type') ?? problem.at('file_name') ?? problem.message;
}

/** By XMLHttpRequest, which tells how much has been sent. */
export function post({ url, fields }: Place, file: File, signal: AbortSignal, progress: (share: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => (request.status < 300 ? done() : failed(new Problem(request.status, 'The file did not arrive. Try it once more.')));
    request.onerror = () => failed(unreachable());
    request.onabort = () => failed(new DOMException('Cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });
}
