import './forms.css';

/** A list that grows by a button: two inputs a row. */
export function Rows<T extends Record<string, string>>({ legend, rows, onRows, first, second, more, most, fault, blank }: {
  legend: string; rows: T[]; onRows: (rows: T[]) => void; first: [keyof T & string, string]; second: [keyof T & string, string];
  more: string; most: number; fault: (row: number) => string | undefined; blank: T;
}) {
  const change = (row: number, name: string, value: string) => onRows(rows.map((each, place) => (place === row ? { ...each, [name]: value } : each)));
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {rows.map((row, place) => (
        <div key={place}>
          <div class="rows-row">
            {[first, second].map(([name, label]) => (
              <input key={name} type="text" aria-label={`${label}, ${place + 1}`} placeholder={label} value={row[name]} aria-invalid={name === first[0] && fault(place) ? 'true' : undefined} onInput={(event) => change(place, name, event.currentTarget.value)} />
            ))}
            <button type="button" class="button quiet" aria-label={`Remove ${legend.toLowerCase()} ${place + 1}`} onClick={() => onRows(rows.filter((_, other) => other !== place))}>×</button>
          </div>
          {fault(place) && <span class="fault">{fault(place)}</span>}
        </div>
      ))}
      {rows.length < most && <div><button type="button" class="button small" onClick={() => onRows([...rows, blank])}>{more}</button></div>}
    </fieldset>
  );
}
