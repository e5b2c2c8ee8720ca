// Forms that lose nothing: what is typed is kept on this device until it has arrived.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { onceKey } from '../api/client';
import { Problem } from '../api/problem';

const PREFIX = 'draft:';

interface Kept<T> { values: T; key: string }

export interface Form<T> {
  values: T;
  set: (changes: Partial<T> | ((now: T) => Partial<T>)) => void;
  reset: (values: T) => void;
  problem: Problem | undefined;
  busy: boolean;
  /** Whether what is shown was typed before, and not sent. */
  restored: boolean;
  submit: (event: Event) => void;
}

/**
 * `name` is what the values are kept under; without one they are not kept (passwords).
 * `send` gets a key for what creates: the same one until it worked.
 */
export function useForm<T extends object>(name: string | undefined, initial: T, send: (values: T, key: string) => Promise<void>): Form<T> {
  const kept = useRef<Kept<T> | undefined>(undefined);
  const [restored, setRestored] = useState(false);
  const [values, setValues] = useState<T>(() => {
    const found = read<T>(name);
    kept.current = found ?? { values: initial, key: onceKey() };
    return { ...initial, ...found?.values };
  });
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => setRestored(read(name) !== undefined), [name]);

  const set: Form<T>['set'] = (changes) => setValues((old) => {
    const now = { ...old, ...(typeof changes === 'function' ? changes(old) : changes) };
    kept.current = { values: now, key: kept.current?.key ?? onceKey() };
    write(name, kept.current);
    return now;
  });

  const reset = (now: T) => {
    forget(name);
    kept.current = { values: now, key: onceKey() };
    setRestored(false);
    setProblem(undefined);
    setValues(now);
  };

  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const shown = event.currentTarget as HTMLFormElement;
    form.current = shown;
    setBusy(true);
    setProblem(undefined);
    send(values, kept.current!.key)
      .then(() => { forget(name); kept.current = { values, key: onceKey() }; setRestored(false); })
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        // A key stands for one body: what is changed after a refusal is another call.
        if (error.status !== 0 && error.status < 500) kept.current = { values, key: onceKey() };
        setProblem(error);
        requestAnimationFrame(() => toFault(shown));
      })
      .finally(() => setBusy(false));
  };
  return { values, set, reset, problem, busy, restored, submit };
}

function toFault(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
}

function read<T>(name: string | undefined): Kept<T> | undefined {
  try {
    return name ? (JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function write(name: string | undefined, kept: unknown): void {
  try {
    if (name) localStorage.setItem(PREFIX + name, JSON.stringify(kept));
  } catch {
    // The device is full or forbids it: then the page itself is the only place.
  }
}

function forget(name: string | undefined): void {
  if (name) localStorage.removeItem(PREFIX + name);
}

/** A labelled control with its hint and its fault, told to screen readers as belonging to it. */
export function Field({ label, hint, fault, children }: { label: string; hint?: string; fault?: string; children: (given: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: 'true' }) => JSX.Element }) {
  const id = useId();
  const about = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': about, 'aria-invalid': fault ? 'true' : undefined })}
      {hint && <span class="hint" id={`${id}-hint`}>{hint}</span>}
      {fault && <span class="fault" id={`${id}-fault`}>{fault}</span>}
    </div>
  );
}

interface Text {
  label: string;
  hint?: string;
  fault?: string;
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'email' | 'password';
  name?: string;
  autocomplete?: string;
  autocapitalize?: 'none';
  inputmode?: 'numeric';
  autofocus?: boolean;
  spellcheck?: boolean;
  maxLength?: number;
  placeholder?: string;
}

export function TextField({ label, hint, fault, value, onValue, type = 'text', ...more }: Text) {
  const kind = { type } as { type: 'text' }; // Preact's types have a shape for each kind, and none for several
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(given) => <input {...more} {...given} {...kind} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  );
}

/** What went wrong with the whole, above what sends it. */
export function Fault({ problem }: { problem: Problem | undefined }) {
  return problem ? <p class="notice wrong" role="alert" tabIndex={-1}>{problem.message}</p> : null;
}

export function Send({ busy, children }: { busy: boolean; children: ComponentChildren }) {
  return <button class="button main" type="submit" aria-disabled={busy || undefined}>{busy ? 'One moment …' : children}</button>;
}
