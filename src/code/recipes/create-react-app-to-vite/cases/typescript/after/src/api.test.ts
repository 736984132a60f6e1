import { api } from './api';
import { logo } from 'icons';

it('has one', () => {
  process.env.REACT_APP_API = 'x';
  expect([api, logo, process.env.CI]).toHaveLength(3);
});
