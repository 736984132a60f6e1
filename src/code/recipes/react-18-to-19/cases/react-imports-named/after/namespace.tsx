import type { ReactNode } from 'react';
import { createElement } from 'react';
import * as React from 'react';

export const Row: React.FC<{ children: ReactNode }> = ({ children }) => createElement('li', null, children);
