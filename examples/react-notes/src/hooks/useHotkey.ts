import { useEffect, useRef } from 'react';

export function useHotkey(key: string, onPress: () => void): void {
  const handler = useRef<() => void>();
  handler.current = onPress;

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (event.key !== key || isTyping) return;
      event.preventDefault();
      handler.current?.();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key]);
}
