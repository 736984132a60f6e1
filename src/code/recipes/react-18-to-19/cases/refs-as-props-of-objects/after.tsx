import * as React from 'react';

export const Field = ({ ref, ...props }: { label: string } & { ref: React.RefObject<HTMLInputElement> }) => {
  return <input ref={ref} aria-label={props.label} />;
};
