import { say } from './toasts';

/** A secret that is shown once, to be copied. */
export function Once({ what, text }: { what: string; text: string }) {
  const copy = () => void navigator.clipboard.writeText(text).then(() => say('Copied.'), () => say('Your browser does not let us copy it: select it instead.'));
  return (
    <div class="notice good stack" role="status">
      <p>{what}</p>
      <p><code>{text}</code></p>
      <div><button type="button" class="button small" onClick={copy}>Copy</button></div>
    </div>
  );
}
