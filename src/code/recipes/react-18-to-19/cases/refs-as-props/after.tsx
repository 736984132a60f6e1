import React, { memo } from 'react';

type Size = 'small' | 'large';

export const Field = ({ ref, size = 'small', ...rest }: { size?: Size } & { ref?: React.Ref<HTMLInputElement> }) => (
  <input ref={ref} data-size={size} {...rest} />
);

export const Row = memo(
  function Row({ ref: element, ...props }: { name: string } & { ref?: React.Ref<HTMLLIElement> }) {
    return <li ref={element}>{props.name}</li>;
  },
);

const plain = (props: { name: string }, ref: React.Ref<HTMLLIElement>) => <li ref={ref}>{props.name}</li>;
export const Kept = React.forwardRef(plain);
