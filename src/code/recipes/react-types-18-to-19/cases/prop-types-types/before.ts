import React from 'react';

export const check: React.Validator<string> = () => null;
