import { Fragment, createElement, Children, useState } from 'react';

export function List({ rows }: { rows: readonly string[] }) {
  const [open] = useState(false);
  return (
    <Fragment>
      {open && createElement('hr')}
      {Children.toArray(rows)}
    </Fragment>
  );
}
