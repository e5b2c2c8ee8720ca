import { useEffect, useState } from 'preact/hooks';
import { type Provider } from '../../api/client';
import { leaveFor, offered } from '../../api/providers';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';

/** What this Polyfolio offers besides a password; nothing where it offers none. */
export function Providers({ then, say }: { then: string; say: string }) {
  const [items, setItems] = useState<Provider[]>([]);
  const { problem, busy, trying } = useTrying();
  useEffect(() => void offered().then(setItems), []);
  if (!items.length) return null;
  return (
    <div class="stack providers">
      {items.map((each) => <button key={each.id} type="button" class="button" disabled={busy} onClick={() => trying(() => leaveFor(each.id, then))}>{say} {each.name}</button>)}
      <Fault problem={problem} />
    </div>
  );
}
