import * as React from 'react';

export const Rule = () => React.createElement('hr');
