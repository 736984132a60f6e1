const React = require('react');
const TestUtils = require('react-dom/test-utils');

it('renders', () => TestUtils.act(() => React.version));
