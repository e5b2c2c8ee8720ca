// Tags as the API has them: one spelling for what people take for one word.

export const MOST = 30;
const LONGEST = 40;

export interface Chip { tag: string; fault?: string }

/** Latin and Greek accents go: in other scripts a mark makes another letter. */
const ACCENTED = /([\u0000-\u02ff\u0370-\u03ff])[\u0300-\u036f]+/g;

export function fold(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replaceAll('ß', 'ss').replace(ACCENTED, '$1');
  return plain.normalize('NFC').trim().split(/\s+/u).join(' ');
}

/** A chip for what was typed; one that cannot be a tag says why, and keeps nobody else from being one. */
export function chip(text: string): Chip {
  const tag = fold(text).replace(/^[# ]+/, '');
  if ([...tag].length > LONGEST) return { tag, fault: `may have ${LONGEST} characters at most` };
  if (!/^[\p{L}\p{N}\p{M}_.+#&'/ -]+$/u.test(tag) || !/[\p{L}\p{N}_+#]/u.test(tag)) {
    return { tag: tag || text.trim(), fault: "may hold letters, digits, spaces and + # . & ' / -" };
  }
  return { tag };
}

/** `a, b; c` and a line break and `d` are four. */
export function split(text: string): string[] {
  return text.split(/[,;\n\r\t]+/).map((each) => each.trim()).filter(Boolean);
}

/** The chips with what was added; without doubles, and up to as many as a highlight holds. */
export function added(chips: Chip[], text: string, most = MOST): Chip[] {
  const all = [...chips, ...split(text).map(chip)];
  const distinct = [...new Map(all.map((each) => [each.tag, each])).values()];
  let good = 0;
  return distinct.map((each) => (each.fault || ++good <= most ? each : { ...each, fault: `is more than the ${most} that fit` }));
}

export function good(chips: Chip[]): string[] {
  return chips.filter((each) => !each.fault).map((each) => each.tag);
}
