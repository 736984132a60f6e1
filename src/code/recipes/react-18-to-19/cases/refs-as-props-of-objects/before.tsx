import * as React from 'react';

export const Field = React.forwardRef<HTMLInputElement, { label: string }>((props, ref) => {
  return <input ref={ref} aria-label={props.label} />;
});
