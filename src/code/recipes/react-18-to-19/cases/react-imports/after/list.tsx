import React from 'react';

export const List = ({ children }: { children: React.ReactNode }) => <ul>{children}</ul>;
