import React, { createElement, type ReactNode } from 'react';

export const Row: React.FC<{ children: ReactNode }> = ({ children }) => createElement('li', null, children);
