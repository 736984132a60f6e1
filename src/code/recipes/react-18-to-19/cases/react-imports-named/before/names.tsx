import React, { useState } from 'react';

export function List({ rows }: { rows: readonly string[] }) {
  const [open] = useState(false);
  return (
    <React.Fragment>
      {open && React.createElement('hr')}
      {React.Children.toArray(rows)}
    </React.Fragment>
  );
}
