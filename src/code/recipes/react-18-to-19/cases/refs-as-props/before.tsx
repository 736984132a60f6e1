import React, { forwardRef, memo } from 'react';

type Size = 'small' | 'large';

export const Field = forwardRef<HTMLInputElement, { size?: Size }>(({ size = 'small', ...rest }, ref) => (
  <input ref={ref} data-size={size} {...rest} />
));

export const Row = memo(
  forwardRef(function Row(props: { name: string }, element: React.ForwardedRef<HTMLLIElement>) {
    return <li ref={element}>{props.name}</li>;
  }),
);

const plain = (props: { name: string }, ref: React.Ref<HTMLLIElement>) => <li ref={ref}>{props.name}</li>;
export const Kept = React.forwardRef(plain);
