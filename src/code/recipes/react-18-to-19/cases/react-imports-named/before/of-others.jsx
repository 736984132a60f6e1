import React from 'preact/compat';

export const Rule = () => React.createElement('hr');
