import React from 'react';

const { createElement } = React;
React.createElement = (...parts) => createElement(...parts);
