import { createPortal } from 'react-dom';
import { useActionState } from 'react';

export function Form({ send }) {
  const [state, action] = useActionState(send, 0);
  return createPortal(<form action={action}>{state}</form>, document.body);
}
