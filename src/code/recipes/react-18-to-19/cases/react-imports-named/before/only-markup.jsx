import React from 'react';

export const Rule = () => <hr />;
