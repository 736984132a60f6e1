import { createFactory, useState } from 'react';

const path = createFactory('path');
export const row = createFactory('tr');

export function Icon({ d }: { d: string }) {
  useState(0);
  return <svg>{path({ d }, createFactory('title')())}</svg>;
}
