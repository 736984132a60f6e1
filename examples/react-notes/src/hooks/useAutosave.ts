import { useEffect, useRef } from 'react';

/** Saves a value shortly after it last changed, and at once when the page is left. */
export function useAutosave<T>(value: T, save: (value: T) => void, delayMs = 300): void {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const latest = useRef<T>();
  const isFirst = useRef(true);

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    latest.current = value;
    timer.current = setTimeout(() => save(value), delayMs);
    return () => clearTimeout(timer.current);
  }, [value, save, delayMs]);

  useEffect(
    () => () => {
      if (latest.current !== undefined) save(latest.current);
    },
    [save],
  );
}
