// What went wrong, in sentences for people, each at its field where it has one. Pure: no network here.

export interface ProblemDocument {
  title?: string;
  status?: number;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

export class Problem extends Error {
  readonly status: number;
  /** By the field's name, `tags/3` for one of a list. */
  readonly fields: ReadonlyMap<string, string>;

  constructor(status: number, sentence: string, fields: ReadonlyMap<string, string> = new Map()) {
    super(sentence);
    this.status = status;
    this.fields = fields;
  }

  /** The sentence at a field, or at any part of it. */
  at(name: string): string | undefined {
    for (const [field, sentence] of this.fields) {
      if (field === name || field.startsWith(`${name}/`)) return sentence;
    }
    return undefined;
  }
}

export const OFFLINE = 0;

export function unreachable(): Problem {
  return new Problem(OFFLINE, 'Polyfolio cannot be reached. What you wrote is kept here; try again when you are online.');
}

export function problemOf(status: number, document: ProblemDocument | undefined, retryAfter: string | null): Problem {
  const fields = new Map((document?.errors ?? []).map((each) => [each.pointer.replace(/^\//, ''), sentence(each.detail)]));
  return new Problem(status, whole(status, document, retryAfter, fields.size), fields);
}

function whole(status: number, document: ProblemDocument | undefined, retryAfter: string | null, named: number): string {
  if (status === 429) return `That was often enough for now. Try again ${inMinutes(Number(retryAfter))}.`;
  if (status === 412) return 'It was changed elsewhere since you opened it. Your text is kept; look at what is there now.';
  if (status === 422 && named) return named === 1 ? 'One field needs another look.' : 'Some fields need another look.';
  if (status >= 500) return 'Something went wrong on our side. Nothing that you wrote is lost; try again in a moment.';
  return sentence(document?.detail || document?.title || 'That did not work.');
}

function inMinutes(seconds: number): string {
  if (!(seconds > 0)) return 'in a few minutes';
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
}

/** The API says "is before the start" of a field, and pydantic "String should have at least 12 characters". */
function sentence(detail: string): string {
  const plain = detail
    .replace(/^Value error, /, '')
    .replace(/^String should have at least (\d+) characters?$/, 'needs $1 characters or more')
    .replace(/^String should have at most (\d+) characters?$/, 'may have $1 characters at most')
    .replace(/^List should have at most (\d+) items? after validation.*$/, 'may hold $1 at most')
    .replace(/^String should match pattern .*$/, 'does not have the right form')
    .replace(/^Field required$/, 'is needed');
  const begun = plain.charAt(0).toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
