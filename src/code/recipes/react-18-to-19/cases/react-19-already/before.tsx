import { act, useActionState, useRef, type Ref } from 'react';
import { createPortal } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';

export function Field({ ref, rows = 3 }: { ref?: Ref<HTMLInputElement>; rows?: number }) {
  const own = useRef<HTMLDivElement>(null);
  useActionState(act, 0);
  return createPortal(<div ref={own}><input ref={ref} size={rows} /></div>, document.body);
}

createRoot(document.body).render(<Field />);
hydrateRoot(document.body, <Field />);
