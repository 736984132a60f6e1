jest.mock('uuid/v4', () => () => 'fixed');
export { default as id } from 'uuid/v4';
