// Short messages that pass; one with a way back stays for ten seconds.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

interface Toast { id: number; text: string; action?: { label: string; run: () => void }; end?: () => void }

const UNDO_MS = 10_000;
const SHORT_MS = 5_000;
const shown = signal<Toast[]>([]);
let last = 0;

export function say(text: string): void {
  const toast = { id: ++last, text };
  shown.value = [...shown.value, toast];
  setTimeout(() => remove(toast.id), SHORT_MS);
}

/** `kept` runs when the time for undoing is over. */
export function offerUndo(text: string, undo: () => void, kept?: () => void): () => void {
  const id = ++last;
  let over = false;
  const finish = (what?: () => void) => () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    remove(id);
    what?.();
  };
  const timer = setTimeout(finish(kept), UNDO_MS);
  shown.value = [...shown.value, { id, text, action: { label: 'Undo', run: finish(undo) } }];
  return finish(kept);
}

function remove(id: number): void {
  shown.value = shown.value.filter((each) => each.id !== id);
}

/** The keys of undoing lead to the last one, from wherever one is but a field that has an undoing of its own. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isWriting(event.target)) return;
  const last = shown.value.findLast((each) => each.action);
  if (!last) return;
  event.preventDefault();
  last.action!.run();
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('textarea, input:not([type="checkbox"], [type="radio"]), [contenteditable]');
}

export function Toasts() {
  useEffect(() => {
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map((each) => (
        <div class="toast" key={each.id}>
          <span>{each.text}</span>
          {each.action && <button type="button" aria-keyshortcuts="Control+Z Meta+Z" onClick={each.action.run}>{each.action.label}</button>}
        </div>
      ))}
    </div>
  );
}
