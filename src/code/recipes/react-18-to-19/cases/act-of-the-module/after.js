const React = require('react');

it('renders', () => React.act(() => React.version));
