import { useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';

/** The location for as long as it is this page's: a page that is being left has the next one's, and must not read it. */
export function useHere(): ReturnType<typeof useLocation> {
  const now = useLocation();
  const held = useRef(now);
  if (now.path === held.current.path) held.current = now;
  return held.current;
}
