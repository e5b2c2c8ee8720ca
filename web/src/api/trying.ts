import { useState } from 'preact/hooks';
import { Problem } from './problem';

/** Runs what may be refused, and keeps the refusal to be shown. */
export function useTrying(): { problem?: Problem; busy: boolean; trying: (run: () => Promise<unknown>) => void } {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const trying = (run: () => Promise<unknown>) => {
    setProblem(undefined);
    setBusy(true);
    run().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }).finally(() => setBusy(false));
  };
  return { problem, busy, trying };
}
