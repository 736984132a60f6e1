import { useState, createElement } from 'react';

export const row = createElement.bind(null, 'tr');

export function Icon({ d }: { d: string }) {
  useState(0);
  return <svg>{createElement('path', { d }, createElement('title'))}</svg>;
}
