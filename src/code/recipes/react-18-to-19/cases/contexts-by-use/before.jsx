import React, { useContext, useState } from 'react';
import { Locale, Theme } from './contexts';

export function useSettings() {
  const [zoom] = useState(1);
  return { theme: useContext(Theme), locale: React.useContext(Locale), zoom };
}
