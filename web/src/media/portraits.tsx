import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api, me, noted, onceKey } from '../api/client';
import { Problem } from '../api/problem';
import { Fault } from '../forms/form';
import { say } from '../shell/toasts';
import { Face } from './face';
import { PICTURES } from './kinds';
import { Picture } from './picture';
import { reasonOf, settled, upload } from './upload';
import './media.css';

type Which = 'avatar' | 'banner';
const NAMES: Record<Which, string> = { avatar: 'picture', banner: 'banner' };

/** One's own picture beside what changes it. */
export function OwnPicture() {
  const { name, avatar } = me.value!;
  return (
    <div class="portrait-row">
      <Face name={name} avatar={avatar} size="large" />
      <Choice which="avatar" held={!!avatar} />
    </div>
  );
}

/** The two pictures of a profile. Each is saved by itself, as soon as it is ready. */
export function Portraits() {
  const { banner } = me.value!;
  return (
    <section class="portraits" aria-labelledby="portraits">
      <h2 id="portraits">Pictures</h2>
      <div class="banner">{banner?.renditions.length ? <Picture of={banner} alt="Your banner" sizes="(max-width: 45rem) 92vw, 44rem" shape={4} eager /> : <span class="small">A banner, four times as wide as high</span>}</div>
      <Choice which="banner" held={!!banner} />
      <OwnPicture />
    </section>
  );
}

function Choice({ which, held }: { which: Which; held: boolean }) {
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const trying = (run: () => Promise<void>) => {
    setProblem(undefined);
    run().catch((error: unknown) => {
      if (stop.current.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      setProblem(new Problem(error.status, error.at(which) ?? reasonOf(error)));
    }).finally(() => setShare(undefined));
  };
  const choose = (file: File | undefined) => file && trying(async () => {
    stop.current = new AbortController();
    setShare(0);
    const made = await upload(file, onceKey(), stop.current.signal, setShare);
    setShare(1);
    const ready = await settled(made.id, stop.current.signal);
    if (ready.state === 'refused') throw new Problem(422, ready.reason ?? 'This picture cannot be shown.');
    noted(await answer(api.PATCH('/v1/me', { body: { [which]: made.id } })));
    say(`Your ${NAMES[which]} is there.`);
  });
  const off = () => trying(async () => {
    noted(await answer(api.PATCH('/v1/me', { body: { [which]: null } })));
    say(`Your ${NAMES[which]} is taken off.`);
  });
  return (
    <div class="stack">
      <div class="row">
        <label class="button small pick">{held ? `Another ${NAMES[which]}` : `Choose a ${NAMES[which]}`}
          <input class="unseen" type="file" accept={PICTURES} disabled={share !== undefined} onChange={(event) => { choose(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </label>
        {held && share === undefined && <button type="button" class="button quiet small" aria-label={`Take it off: ${NAMES[which]}`} onClick={off}>Take it off</button>}
        {share !== undefined && <button type="button" class="button quiet small" onClick={() => { stop.current.abort(); setShare(undefined); }}>Cancel</button>}
      </div>
      {share !== undefined && (share < 1 ? <progress aria-label={`Sending your ${NAMES[which]}`} value={share} max={1} /> : <span class="soft small" role="status">It is being prepared …</span>)}
      <Fault problem={problem} />
    </div>
  );
}
