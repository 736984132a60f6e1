import { createPortal, useFormState } from 'react-dom';

export function Form({ send }) {
  const [state, action] = useFormState(send, 0);
  return createPortal(<form action={action}>{state}</form>, document.body);
}
