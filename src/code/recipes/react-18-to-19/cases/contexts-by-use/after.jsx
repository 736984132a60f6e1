import React, { use, useState } from 'react';
import { Locale, Theme } from './contexts';

export function useSettings() {
  const [zoom] = useState(1);
  return { theme: use(Theme), locale: React.use(Locale), zoom };
}
