import { useEffect, useRef, useState } from 'preact/hooks';
import { onceKey, type Shown } from '../api/client';
import { Problem } from '../api/problem';
import { TextField } from '../forms/form';
import { ALL, preparing, sized } from './kinds';
import { Picture } from './picture';
import { drop, reasonOf, settled, upload } from './upload';
import './media.css';

export interface Attaching { id: string; alt: string; caption: string; name: string }

/** What is known of one: its owner is also told why it was refused. */
type Known = Shown & { reason?: string | null };

interface Sending { key: string; file: File; seen?: string; share: number; stop: AbortController; reason?: string }

const MOST = 20;

interface Given {
  value: Attaching[];
  /** What the highlight has already: it is shown at once, and not deleted when it is taken off. */
  before: Known[];
  set: (change: (now: Attaching[]) => Attaching[]) => void;
  onSending: (count: number) => void;
  fault: (row: number) => string | undefined;
}

/** Pictures, videos, sound and PDFs: chosen, dropped on the page or pasted; one after the other on their way. */
export function MediaField({ value, before, set, onSending, fault }: Given) {
  const input = useRef<HTMLInputElement>(null);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [sending, setSending] = useState<Sending[]>([]);
  const known = useKnown(value.map((each) => each.id), before);
  const over = useDropped((files) => add(files));
  useEffect(() => onSending(sending.filter((each) => !each.reason).length), [sending]);
  const ways = useRef<Sending[]>([]);
  ways.current = sending;
  useEffect(() => () => ways.current.forEach((each) => each.stop.abort()), []);

  const change = (key: string, now: Partial<Sending>) => setSending((all) => all.map((each) => (each.key === key ? { ...each, ...now } : each)));
  const gone = (key: string) => setSending((all) => all.filter((each) => each.key !== key || void (each.seen && URL.revokeObjectURL(each.seen))));
  const send = (of: Sending) => {
    line.current = line.current.then(async () => {
      if (of.stop.signal.aborted) return;
      try {
        const made = await upload(of.file, of.key, of.stop.signal, (share) => change(of.key, { share }));
        known.learn(made);
        gone(of.key);
        set((now) => [...now, { id: made.id, alt: '', caption: '', name: of.file.name }]);
      } catch (error) {
        if (of.stop.signal.aborted) return;
        if (!(error instanceof Problem)) throw error;
        change(of.key, { reason: reasonOf(error), share: 0 });
      }
    });
  };
  const add = (files: File[]) => {
    const room = MOST - value.length - ways.current.length;
    const fresh = files.slice(0, Math.max(0, room)).map((file) => ({
      key: onceKey(), file, share: 0, stop: new AbortController(), seen: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
    }));
    setSending((all) => [...all, ...fresh]);
    fresh.forEach(send);
  };
  const again = (of: Sending) => {
    const next = { ...of, key: onceKey(), reason: undefined, share: 0 }; // another place: that of the first try may be closed by now
    setSending((all) => all.map((each) => (each.key === of.key ? next : each)));
    send(next);
  };
  const cancel = (of: Sending) => {
    of.stop.abort();
    gone(of.key);
    input.current?.focus();
  };
  const takeOff = (of: Attaching) => {
    set((now) => now.filter((each) => each.id !== of.id));
    if (!before.some((each) => each.id === of.id)) drop(of.id);
    input.current?.focus();
  };
  const up = (row: number) => set((now) => now.map((each, place) => (place === row - 1 ? now[row]! : place === row ? now[row - 1]! : each)));
  const edit = (id: string, change: Partial<Attaching>) => set((now) => now.map((each) => (each.id === id ? { ...each, ...change } : each)));

  return (
    <fieldset class="field">
      <legend>Pictures, video, sound, PDF</legend>
      <div class={over ? 'drop over' : 'drop'}>
        {value.map((each, row) => (
          <Row key={each.id} of={each} media={known.all.get(each.id)} fault={fault(row)} edit={(change) => edit(each.id, change)} up={row ? () => up(row) : undefined} off={() => takeOff(each)} />
        ))}
        {sending.map((each) => (
          <div key={each.key} class="drop-row">
            <span class="thumb">{each.seen ? <img src={each.seen} alt="" /> : ending(each.file.name)}</span>
            <div>
              <span class="file-name">{each.file.name} <span class="soft small">{sized(each.file.size)}</span></span>
              {each.reason ? <span class="fault" role="alert">{each.reason}</span> : <progress aria-label={`Sending ${each.file.name}`} value={each.share} max={1} />}
              <span class="row">
                {each.reason && <button type="button" class="button small" aria-label={`Try again: ${each.file.name}`} onClick={() => again(each)}>Try again</button>}
                <button type="button" class="button small" aria-label={`${each.reason ? 'Leave it:' : 'Cancel'} ${each.file.name}`} onClick={() => cancel(each)}>{each.reason ? 'Leave it' : 'Cancel'}</button>
              </span>
            </div>
          </div>
        ))}
        {value.length + sending.length < MOST && (
          <div class="row">
            <label class="button small pick">Add files<input ref={input} class="unseen" type="file" multiple accept={ALL} onChange={(event) => { add([...event.currentTarget.files ?? []]); event.currentTarget.value = ''; }} /></label>
            <span class="hint">{over ? 'Let go: it is added here.' : 'Or drop them on this page, or paste a picture.'}</span>
          </div>
        )}
      </div>
    </fieldset>
  );
}

function Row({ of, media, fault, edit, up, off }: { of: Attaching; media?: Known; fault?: string; edit: (change: Partial<Attaching>) => void; up?: () => void; off: () => void }) {
  const reason = media?.state === 'refused' ? media.reason ?? 'It cannot be shown.' : fault;
  return (
    <div class="drop-row">
      <span class="thumb">{media?.renditions.length ? <Picture of={media} alt="" sizes="5.5rem" shape={1} /> : ending(of.name)}</span>
      <div>
        <span class="file-name">{of.name} {media && preparing(media) && <span class="soft small" role="status">being prepared …</span>}</span>
        {reason ? <span class="fault" role="alert">{reason}</span> : (
          <>
            <TextField label="For those who cannot see or hear it" maxLength={1000} value={of.alt} onValue={(alt) => edit({ alt })} placeholder="Forty chairs in a half circle" />
            <TextField label="Caption" maxLength={300} value={of.caption} onValue={(caption) => edit({ caption })} />
          </>
        )}
      </div>
      <span class="acts">
        <button type="button" class="button quiet" disabled={!up} aria-label={`Move ${of.name} up`} onClick={up}>↑</button>
        <button type="button" class="button quiet" aria-label={`Remove ${of.name}`} onClick={off}>×</button>
      </span>
    </div>
  );
}

/** What has become of them, asked for until it is known: also of what was attached before a reload. */
function useKnown(ids: string[], before: Known[]) {
  const [all, setAll] = useState<ReadonlyMap<string, Known>>(() => new Map(before.map((each) => [each.id, each])));
  const asked = useRef(new Set<string>());
  const learn = (media: Known) => setAll((old) => new Map(old).set(media.id, media));
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  useEffect(() => {
    for (const id of ids) {
      if (asked.current.has(id) || all.get(id)?.state === 'ready') continue;
      asked.current.add(id);
      settled(id, stop.current.signal).then(learn).catch(() => asked.current.delete(id)); // gone, or without a line: asked again with the next change
    }
  }, [ids.join()]);
  return { all, learn };
}

/** Files that are dropped anywhere on the page, or pasted. */
function useDropped(add: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const now = useRef(add);
  now.current = add;
  useEffect(() => {
    const hasFiles = (event: DragEvent) => !!event.dataTransfer?.types.includes('Files');
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => { if (!event.relatedTarget) setOver(false); };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      now.current([...event.dataTransfer!.files]);
    };
    const onPaste = (event: ClipboardEvent) => {
      const files = [...event.clipboardData?.files ?? []];
      if (!files.length) return;
      event.preventDefault();
      now.current(files);
    };
    const all = { dragover: onOver, dragleave: onLeave, drop: onDrop, paste: onPaste } as Record<string, (event: never) => void>;
    for (const [name, run] of Object.entries(all)) addEventListener(name, run as EventListener);
    return () => { for (const [name, run] of Object.entries(all)) removeEventListener(name, run as EventListener); };
  }, []);
  return over;
}

function ending(name: string): string {
  return name.includes('.') ? name.split('.').at(-1)!.slice(0, 5).toUpperCase() : 'File';
}
