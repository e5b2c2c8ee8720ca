const LONGEST = 30;

/** `Ana Vilaça Moura` could be `ana-vilaca-moura`. */
export function handleFor(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST).replace(/^-|-$/g, '');
}
