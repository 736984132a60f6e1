import React from 'react';
import text from './notes.md';
import icon from './a.svg';

export default () => <img alt={text} src={icon} />;
