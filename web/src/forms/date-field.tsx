import { useId } from 'preact/hooks';
import { daysIn, monthName, type Parts } from '../time/dates';
import './forms.css';

const MONTHS = Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(2, '0'));

/** A year, and as much more as one knows. */
export function DateField({ label, value, onValue, fault }: { label: string; value: Parts; onValue: (value: Parts) => void; fault?: string }) {
  const id = useId();
  const days = Array.from({ length: daysIn(value.year, value.month || '1') }, (_, n) => String(n + 1).padStart(2, '0'));
  const about = fault ? `${id}-fault` : undefined;
  const wrong = fault ? ('true' as const) : undefined;
  return (
    <fieldset class="field date">
      <legend>{label}</legend>
      <div class="date-parts">
        <input aria-label={`${label}: year`} aria-describedby={about} aria-invalid={wrong} type="text" inputmode="numeric" pattern="[0-9]*" maxLength={4} placeholder="Year" value={value.year} onInput={(event) => onValue({ ...value, year: event.currentTarget.value })} />
        <select aria-label={`${label}: month`} value={value.month} onChange={(event) => onValue({ ...value, month: event.currentTarget.value, day: event.currentTarget.value && value.day })}>
          <option value="">No month</option>
          {MONTHS.map((each) => <option key={each} value={each}>{monthName(Number(each))}</option>)}
        </select>
        <select aria-label={`${label}: day`} value={value.day} disabled={!value.month} onChange={(event) => onValue({ ...value, day: event.currentTarget.value })}>
          <option value="">No day</option>
          {days.map((each) => <option key={each} value={each}>{Number(each)}</option>)}
        </select>
      </div>
      {fault && <span class="fault" id={`${id}-fault`}>{fault}</span>}
    </fieldset>
  );
}
