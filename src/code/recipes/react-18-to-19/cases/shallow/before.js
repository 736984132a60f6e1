import ShallowRenderer from 'react-test-renderer/shallow';

jest.mock('react-test-renderer/shallow');
export const path = 'react-test-renderer/shallow';
export const renderer = new ShallowRenderer();
