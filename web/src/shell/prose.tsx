import { useEffect, useRef } from 'preact/hooks';

/** What members wrote, as HTML that the API (core/markdown.py) or our own renderer has made safe. */
export function Prose({ html, name = '' }: { html: string; name?: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What is wider than the page scrolls by itself, and for that a keyboard must get there.
    for (const each of box.current!.querySelectorAll<HTMLElement>('pre, table')) each.tabIndex = 0;
  }, [html]);
  return <div ref={box} class={`prose ${name}`} dangerouslySetInnerHTML={{ __html: html }} />;
}
