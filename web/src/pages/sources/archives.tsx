import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { answer, api, onceKey, type Import } from '../../api/client';
import { Problem } from '../../api/problem';
import { useTrying } from '../../api/trying';
import { Fault } from '../../forms/form';
import { Pills } from '../../forms/pills';
import { post, reasonOf, type Place } from '../../media/upload';
import { IMPORTED, said } from './said';

/** Whole archives, each taken over once and undone as a whole. */
export function Archives() {
  const [items, setItems] = useState<Import[]>();
  const { problem, trying } = useTrying();
  useEffect(() => trying(async () => setItems((await answer(api.GET('/v1/imports', { params: { query: { limit: 50 } } }))).items)), []);
  return (
    <section class="stack" aria-labelledby="archives">
      <h2 id="archives">Archives</h2>
      {!!items?.length && <ul class="plain">
        {items?.map((each) => (
          <li key={each.id} class="spread listed-row">
            <span><a href={`/app/imports/${each.id}`}><strong>{each.file_name}</strong></a> <span class="soft small">{IMPORTED[each.kind]}</span></span>
            <span class={each.state === 'refused' ? 'chip wrong' : 'chip'}>{said(each)}</span>
          </li>
        ))}
      </ul>}
      <Upload />
      <Fault problem={problem} />
    </section>
  );
}

function Upload() {
  const { route } = useLocation();
  const [kind, setKind] = useState<Import['kind']>('linkedin');
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const send = (file: File | undefined) => {
    if (!file) return;
    stop.current = new AbortController();
    const { signal } = stop.current;
    setProblem(undefined);
    setShare(0);
    const run = async () => {
      const made = await answer(api.POST('/v1/imports', { params: { header: { 'Idempotency-Key': onceKey() } }, body: { kind, file_name: file.name.slice(-255), size: file.size }, signal }));
      await post(made.upload as Place, file, signal, setShare);
      route(`/app/imports/${made.id}`);
    };
    run().catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      setProblem(new Problem(error.status, reasonOf(error)));
    }).finally(() => setShare(undefined));
  };
  return (
    <div class="panel stack">
      <h3>Bring one along</h3>
      <Pills legend="What it is" name="import-kind" options={IMPORTED} value={kind} onValue={setKind} />
      {kind === 'linkedin' && <p class="hint">At LinkedIn: Settings, Data privacy, Get a copy of your data. The ZIP comes by mail.</p>}
      {share === undefined ? (
        <div><label class="button pick">Choose the file<input class="unseen" type="file" accept={kind === 'json_resume' ? '.json,application/json' : '.zip,application/zip'} onChange={(event) => { send(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} /></label></div>
      ) : <div class="row"><progress aria-label="Sending the archive" value={share} max={1} /><button type="button" class="button small" onClick={() => { stop.current.abort(); setShare(undefined); }}>Cancel</button></div>}
      <Fault problem={problem} />
    </div>
  );
}
