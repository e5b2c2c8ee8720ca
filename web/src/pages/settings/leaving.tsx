import { useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { leave } from '../../api/client';
import { Fault, TextField, useForm } from '../../forms/form';

/** Deletion of everything: the one thing here that nobody can undo. */
export function Leaving() {
  const { route } = useLocation();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useForm(undefined, { password: '' }, async ({ password }) => {
    await leave(password);
    route('/app/sign-in', true);
  });
  return (
    <section class="stack">
      <h2>Leave Polyfolio</h2>
      <p class="soft">Your profile, your highlights and all else of you are erased. Where others credit you, it reads “Former member”. Your handle is never given to anybody else.</p>
      <div><button type="button" class="button danger" onClick={() => dialog.current!.showModal()}>Delete my account …</button></div>
      <dialog ref={dialog} aria-labelledby="leaving">
        <form class="stack" onSubmit={form.submit} noValidate>
          <h2 id="leaving">Delete everything?</h2>
          <p>Nobody can undo this, and we cannot either.</p>
          <TextField label="Your password" type="password" autocomplete="current-password" value={form.values.password} onValue={(password) => form.set({ password })} fault={form.problem?.at('password')} />
          <Fault problem={form.problem} />
          <div class="row">
            <button type="submit" class="button danger" aria-disabled={form.busy || undefined}>Delete my account</button>
            <button type="button" class="button" onClick={() => dialog.current!.close()}>Stay</button>
          </div>
        </form>
      </dialog>
    </section>
  );
}
