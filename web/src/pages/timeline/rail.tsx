import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { labels, marks, moved, name, nearest, spoken, stopOf, stops, type Stop, type Years } from '../../time/rail';
import './rail.css';

const SETTLED_MS = 250; // keys that follow each other are one jump

/** The year selector: one slider for a whole career, drawn from counts alone. */
export function Rail({ counts, reading, jump }: { counts: Years; reading: string | undefined; jump: (stop: Stop) => void }) {
  const all = useMemo(() => stops(counts), [counts]);
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [aimed, setAimed] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useShownWhileScrolling();

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry!.contentRect.height));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => setAimed(undefined), [reading, counts]);

  const placed = useMemo(() => marks(all, height), [all, height]);
  const most = Math.max(...all.map((each) => each.count), 1);
  const at = aimed ?? (reading ? stopOf(all, reading) : 0);
  const stop = all[at];
  if (!stop) return <div class="rail" ref={box} />;

  const under = (event: PointerEvent) => nearest(placed, event.clientY - box.current!.getBoundingClientRect().top);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(all, at, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setAimed(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => jump(all[to]!), SETTLED_MS);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button) return;
    box.current!.setPointerCapture(event.pointerId);
    setAimed(under(event));
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!box.current!.hasPointerCapture(event.pointerId)) return;
    box.current!.releasePointerCapture(event.pointerId);
    jump(all[under(event)]!);
  };
  return (
    <div
      class={shown || aimed !== undefined ? 'rail shown' : 'rail'} ref={box} role="slider" tabIndex={0} aria-label="Year and month" aria-orientation="vertical"
      aria-valuemin={0} aria-valuemax={all.length - 1} aria-valuenow={at} aria-valuetext={spoken(stop)}
      onKeyDown={onKeyDown} onPointerDown={onPointerDown} onPointerUp={onPointerUp}
      onPointerMove={(event) => box.current!.hasPointerCapture(event.pointerId) && setAimed(under(event))}
      onPointerCancel={() => setAimed(undefined)}
    >
      <svg aria-hidden="true" width="100%" height={height}>
        {placed.map((each) => (
          <line key={each.at} x1="100%" x2={`${100 - 12 - 38 * Math.sqrt(each.count / most)}%`} y1={each.y} y2={each.y} class={each.at === stop.at ? 'here' : ''} />
        ))}
      </svg>
      {labels(placed).map((each) => <span key={each.year} class="rail-year" aria-hidden="true" style={{ top: `${each.y}px` }}>{each.year}</span>)}
      <span class="rail-here" aria-hidden="true" style={{ top: `${placed[at]?.y ?? 0}px` }}><b>{name(stop)}</b></span>
    </div>
  );
}

/** Where there is no pointer that hovers, the rail shows while one scrolls, and a moment longer. */
function useShownWhileScrolling(): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const onScroll = () => {
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), 1600);
    };
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', onScroll);
    };
  }, []);
  return shown;
}
