import { type RefObject, useEffect } from 'react';

export function useOutsideClick(ref: RefObject<HTMLElement>, onOutside: () => void): void {
  useEffect(() => {
    const listen = (event: MouseEvent) => {
      const inside = ref.current?.contains(event.target as Node) ?? true;
      if (!inside) onOutside();
    };
    document.addEventListener('mousedown', listen);
    return () => document.removeEventListener('mousedown', listen);
  }, [ref, onOutside]);
}
