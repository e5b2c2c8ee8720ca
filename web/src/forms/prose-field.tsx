import { useEffect, useState } from 'preact/hooks';
import { Prose } from '../shell/prose';
import { Field } from './form';
import './forms.css';

/** Markdown, with the same renderer as the API has; loaded when somebody looks. */
export function ProseField({ label, value, onValue, fault }: { label: string; value: string; onValue: (value: string) => void; fault?: string }) {
  const [looking, setLooking] = useState(false);
  return (
    <div class="stack prose-field">
      <Field label={label} fault={fault} hint="Markdown: **bold**, *italic*, lists with -, [links](https://example.org).">
        {(given) => looking
          ? <Preview {...given} text={value} />
          : <textarea {...given} value={value} maxLength={10_000} onInput={(event) => onValue(event.currentTarget.value)} />}
      </Field>
      <button type="button" class="button small" aria-pressed={looking} onClick={() => setLooking(!looking)}>{looking ? 'Write on' : 'Preview'}</button>
    </div>
  );
}

function Preview({ id, text }: { id: string; text: string }) {
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    void import('./markdown').then(({ toHtml }) => setHtml(toHtml(text)));
  }, [text]);
  return <div id={id} class="box preview" tabIndex={0} role="group" aria-label="Preview"><Prose html={html ?? ''} /></div>;
}
