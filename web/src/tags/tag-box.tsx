import { useId, useRef, useState } from 'preact/hooks';
import { added, fold, good, MOST, type Chip } from './tags';
import { recent, useNew, useSuggestions } from './suggestions';
import './tag-box.css';

interface Given {
  label: string;
  hint?: string;
  fault?: string;
  chips: Chip[];
  onChips: (chips: Chip[]) => void;
  /** The tags of one's last highlight. */
  last?: string[];
}

/** A combobox over a list that stays open while one chooses. */
export function TagBox({ label, hint, fault, chips, onChips, last = [] }: Given) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [marked, setMarked] = useState(false); // Backspace marks the last chip first, and then takes it
  const chosen = good(chips);
  const fresh = useNew(chosen);
  const options = useOptions(typed, chosen, open, last);

  const put = (text: string) => {
    onChips(added(chips, text));
    setTyped('');
    setActive(-1);
    setMarked(false);
  };
  const drop = (tag: string) => {
    onChips(chips.filter((each) => each.tag !== tag));
    setMarked(false);
  };
  const toggle = (option: Option) => {
    if (option.tags.every((tag) => chosen.includes(tag))) onChips(chips.filter((each) => !option.tags.includes(each.tag)));
    else put(option.tags.join(','));
    setTyped('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'Backspace' && !typed && chips.length) {
      event.preventDefault();
      if (marked) drop(chips.at(-1)!.tag);
      else setMarked(true);
      return;
    }
    setMarked(false);
    if (key === 'Enter' || key === ',') {
      const option = options[active];
      if (option) { event.preventDefault(); toggle(option); }
      else if (typed.trim()) { event.preventDefault(); put(typed); }
      else if (key === ',') event.preventDefault();
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const next = active + (key === 'ArrowDown' ? 1 : -1);
      setActive(next >= options.length ? -1 : next < -1 ? options.length - 1 : next); // -1: what is typed
    } else if (key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/[,;\n\t]/.test(text)) return;
    event.preventDefault();
    put(typed + text);
  };
  const about = [hint && `${id}-hint`, fault && `${id}-fault`, `${id}-count`].filter(Boolean).join(' ');
  return (
    <div class="field tag-box" onFocusOut={(event) => {
      if ((event.currentTarget as HTMLElement).contains(event.relatedTarget as Node)) return;
      setOpen(false);
      if (typed.trim()) put(typed);
    }}>
      <label for={id}>{label}</label>
      <div class={`box ${fault ? 'wrong' : ''}`} onClick={() => input.current?.focus()}>
        <ul class="plain" aria-label={`${label}: chosen`}>
          {chips.map((each, place) => (
            <li key={each.tag} class={['chip', each.fault ? 'wrong' : fresh.has(each.tag) ? 'new' : '', marked && place === chips.length - 1 ? 'marked' : ''].join(' ')} title={each.fault}>
              <span>{each.tag}</span>
              {each.fault ? <small>{each.fault}</small> : fresh.has(each.tag) && <small>new</small>}
              <button type="button" aria-label={`Remove ${each.tag}`} onClick={() => { drop(each.tag); input.current?.focus(); }}>×</button>
            </li>
          ))}
        </ul>
        <input
          ref={input} id={id} type="text" role="combobox" autocomplete="off" autocapitalize="none" spellcheck={false} enterkeyhint="done"
          aria-expanded={open && options.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" aria-describedby={about} aria-invalid={fault ? 'true' : undefined}
          aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
          value={typed} placeholder={chips.length ? '' : 'python, public speaking, coffee …'}
          onFocus={() => setOpen(true)} onClick={() => setOpen(true)} onKeyDown={onKeyDown} onPaste={onPaste}
          onInput={(event) => {
            const { value } = event.currentTarget;
            if (/[,;\n]/.test(value)) return put(value); // a phone's keyboard tells no keys
            setTyped(value);
            setActive(-1);
            setOpen(true);
          }}
        />
      </div>
      <ul class="options" id={`${id}-list`} role="listbox" aria-label={`${label}: suggestions`} aria-multiselectable="true" hidden={!open || !options.length}>
        {options.map((each, place) => {
          const on = each.tags.every((tag) => chosen.includes(tag));
          return (
            <li key={each.label} id={`${id}-${place}`} role="option" aria-selected={on} class={place === active ? 'active' : ''} onPointerDown={(event) => event.preventDefault()} onClick={() => toggle(each)}>
              <span aria-hidden="true">{on ? '✓' : ''}</span>{each.label}{each.note && <small class="soft">{each.note}</small>}
            </li>
          );
        })}
      </ul>
      <span class="hint" id={`${id}-count`}>{chosen.length ? `${chosen.length} of ${MOST}. ` : ''}<span id={`${id}-hint`}>{hint}</span></span>
      <span class="unseen" role="status">{marked ? `Press Backspace again to remove ${chips.at(-1)?.tag}` : ''}</span>
      {fault && <span class="fault" id={`${id}-fault`}>{fault}</span>}
    </div>
  );
}

interface Option { label: string; tags: string[]; note?: string }

/** What was used lately on top while nothing is typed; else what begins so. */
function useOptions(typed: string, chosen: string[], open: boolean, last: string[]): Option[] {
  const found = useSuggestions(typed, chosen, open);
  const prefix = fold(typed);
  const one = (tag: string, note?: string): Option => ({ label: tag, tags: [tag], note });
  const late = recent().filter((tag) => tag.startsWith(prefix)).map((tag) => one(tag, 'recent'));
  const same = last.length && !prefix ? [{ label: 'Same as my last highlight', tags: last, note: last.slice(0, 4).join(', ') + (last.length > 4 ? ' …' : '') }] : [];
  const all = [...same, ...late, ...found.map((tag) => one(tag))];
  return [...new Map(all.reverse().map((each) => [each.label, each])).values()].reverse().slice(0, 24);
}
