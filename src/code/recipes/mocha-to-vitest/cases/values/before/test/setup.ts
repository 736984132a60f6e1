import { beforeEach } from 'mocha';

beforeEach(() => {
  process.env.RUN = 'test';
});
