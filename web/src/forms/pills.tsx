/** A choice among few. */
export function Pills<T extends string>({ legend, name, options, value, onValue }: { legend: string; name: string; options: Record<T, string>; value: T; onValue: (value: T) => void }) {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      <div class="pills">
        {(Object.entries(options) as [T, string][]).map(([each, label]) => (
          <label key={each} class="pill"><input type="radio" name={name} checked={value === each} onChange={() => onValue(each)} /><span>{label}</span></label>
        ))}
      </div>
    </fieldset>
  );
}
