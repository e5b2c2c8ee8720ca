import { useState } from 'preact/hooks';
import { answer, api, deleteOnLeaving, type Card } from '../../api/client';
import { Problem } from '../../api/problem';
import { offerUndo, say } from '../../shell/toasts';
import type { Acts } from './entry';
import type { Stream } from './stream';

export interface OwnActs extends Acts { hidden: ReadonlySet<string>; deleted: number }

// What is deleted is hidden at once, and gone when the time for undoing is over, or when one leaves.
const pending = new Map<string, () => void>();
addEventListener('pagehide', () => {
  for (const id of pending.keys()) deleteOnLeaving(id);
  pending.clear();
});

export function useActs(stream: Stream): OwnActs {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set(pending.keys()));
  const [deleted, setDeleted] = useState(0);
  const show = (id: string) => {
    pending.delete(id);
    setHidden((old) => new Set([...old].filter((each) => each !== id)));
  };

  const remove = (item: Card) => {
    setHidden((old) => new Set([...old, item.id]));
    const finish = offerUndo(`Deleted: ${item.title.slice(0, 60)}`, () => show(item.id), () => void gone(item));
    pending.set(item.id, finish);
  };
  const gone = async (item: Card) => {
    if (!pending.delete(item.id)) return;
    try {
      await answer(api.DELETE('/v1/highlights/{highlight_id}', { params: { path: { highlight_id: item.id } } }));
      stream.patch((items) => items.filter((each) => each.id !== item.id));
      setDeleted((count) => count + 1);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      show(item.id);
      say(`It could not be deleted. ${error.message}`);
    }
  };
  const pin = async (item: Card) => {
    const params = { path: { highlight_id: item.id } }; // whatever else was changed meanwhile: this is one switch
    try {
      const now = await answer(api.PATCH('/v1/highlights/{highlight_id}', { params, body: { pinned: !item.pinned } }));
      stream.patch((items) => items.map((each) => (each.id === now.id ? { ...each, pinned: now.pinned } : each)));
      say(now.pinned ? 'It stands on top now.' : 'It stands in its place alone.');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message);
    }
  };
  return { hidden, deleted, remove, pin: (item) => void pin(item) };
}
