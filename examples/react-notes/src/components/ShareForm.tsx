import { useForm } from 'react-hook-form';
import { useToasts } from '../hooks/useToasts';
import { Button } from './Button';

interface Share {
  email: string;
  message: string;
}

export function ShareForm({ onShare }: { onShare: (share: Share) => void }): JSX.Element {
  const { register, handleSubmit, formState } = useForm<Share>({ defaultValues: { email: '', message: '' } });
  const show = useToasts((toasts) => toasts.show);

  const share = handleSubmit((values) => {
    show(`Shared with ${values.email}`);
    onShare(values);
  });

  return (
    <form onSubmit={share} noValidate>
      <label>
        Address
        <input type="email" {...register('email', { required: 'An address is needed.' })} />
      </label>
      {formState.errors.email && <p role="alert">{formState.errors.email.message}</p>}
      <label>
        Message
        <textarea {...register('message')} />
      </label>
      <Button type="submit">Send</Button>
    </form>
  );
}
