import ShallowRenderer from 'react-shallow-renderer';

jest.mock('react-shallow-renderer');
export const path = 'react-test-renderer/shallow';
export const renderer = new ShallowRenderer();
