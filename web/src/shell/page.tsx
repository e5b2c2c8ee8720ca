import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** The tab's title, and a heading that a screen reader hears first. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Polyfolio` : 'Polyfolio';
  }, [title]);
}

export function Page({ title, intro, narrow = true, children }: { title: string; intro?: ComponentChildren; narrow?: boolean; children: ComponentChildren }) {
  useTitle(title);
  return (
    <div class={narrow ? 'page narrow' : 'page'}>
      <header>
        <h1>{title}</h1>
        {intro && <p class="soft">{intro}</p>}
      </header>
      {children}
    </div>
  );
}

/** A page before one is inside. */
export function Door({ title, intro, children }: { title: string; intro?: ComponentChildren; children: ComponentChildren }) {
  useTitle(title);
  return (
    <div class="page">
      <div class="door">
        <div class="strand" aria-hidden="true"><i class="facet-0" /><i class="facet-1" /><i class="facet-2" /></div>
        <div class="stack">
          <h1>{title}</h1>
          {intro && <p class="soft">{intro}</p>}
        </div>
        {children}
      </div>
    </div>
  );
}

export function Waiting({ what }: { what: string }) {
  return <div class="busy" role="status"><span class="unseen">{what}</span></div>;
}
