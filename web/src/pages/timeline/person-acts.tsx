import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, me, type Member } from '../../api/client';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { offerUndo, say } from '../../shell/toasts';

/** What one can do about somebody else: ask them for what they are open to, follow, block. */
export function PersonActs({ member }: { member: Member }) {
  const { route } = useLocation();
  const { problem, busy, trying } = useTrying();
  const [follows, setFollows] = useFollows(member.id);
  const dialog = useRef<HTMLDialogElement>(null);
  const params = { path: { handle: member.handle } };
  const follow = () => trying(async () => {
    await (follows ? answer(api.DELETE('/v1/follows/{handle}', { params })) : answer(api.PUT('/v1/follows/{handle}', { params })));
    setFollows(!follows);
    say(follows ? `You no longer follow ${member.name}.` : `You follow ${member.name}.`);
  });
  const block = () => trying(async () => {
    dialog.current!.close();
    await answer(api.PUT('/v1/blocks/{handle}', { params }));
    offerUndo(`You have blocked ${member.name}: neither sees anything of the other.`, () => void answer(api.DELETE('/v1/blocks/{handle}', { params })).then(() => route(`/app/@${member.handle}`)).catch(() => say('It could not be taken back. Your settings hold all whom you block.')));
    route('/app/space-station');
  });
  return (
    <div class="stack">
      <div class="row">
        {member.open_to.length > 0 && <a class="button main" href={`/app/contact?member=${member.handle}`}>Contact</a>}
        <button type="button" class="button" aria-pressed={follows} disabled={busy} onClick={follow}>{follows ? 'Following' : 'Follow'}</button>
        <button type="button" class="button quiet" onClick={() => dialog.current!.showModal()}>Block …</button>
      </div>
      <Fault problem={problem} />
      <dialog ref={dialog} aria-labelledby="block-title">
        <div class="stack">
          <h2 id="block-title">Block {member.name}?</h2>
          <p>Neither of you then sees the other, and a conversation between you ends. They are not told.</p>
          <div class="row">
            <button type="button" class="button danger" onClick={block}>Block</button>
            <button type="button" class="button" onClick={() => dialog.current!.close()}>Not now</button>
          </div>
        </div>
      </dialog>
    </div>
  );
}

/** Among the hundred whom one has followed last; whoever follows again changes nothing. */
function useFollows(id: string): [boolean, (now: boolean) => void] {
  const [follows, setFollows] = useState(false);
  useEffect(() => {
    const params = { path: { handle: me.value!.handle }, query: { limit: 100 } };
    answer(api.GET('/v1/members/{handle}/following', { params })).then((page) => setFollows(page.items.some((each) => each.id === id))).catch(() => undefined); // the button works without
  }, [id]);
  return [follows, setFollows];
}
