import React, { useRef as useBox, type RefObject } from 'react';

export function Field({ input, act }: { input: RefObject<HTMLInputElement>; act: React.RefObject<() => void> }) {
  const count = useBox<number>();
  const node = useBox<HTMLElement | null>(null);
  const any: RefObject<any> = node;
  const items: Record<string, Element | null> = { count, any, act };
  return (
    <>
      <i ref={(element) => (items.a = element)} />
      <i ref={(element) => items.set(element)} />
      <i ref={(element) => { items.a = element; }} innerRef={(element) => (items.b = element)} />
      <i ref={(element) => void items.set(element)} />
      <input ref={input} />
    </>
  );
}
