import { createFactory } from 'react';

const shapes = {
  pen: 'M3 17l1-4 9-9 3 3-9 9z',
  tag: 'M2 2h7l9 9-7 7-9-9z',
};

const path = createFactory('path');

export function Icon({ name, size }: { name: keyof typeof shapes; size: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      {path({ d: shapes[name], fill: 'currentColor' })}
    </svg>
  );
}

Icon.defaultProps = { size: 16 };
