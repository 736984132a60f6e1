import { beforeEach } from 'vitest';

beforeEach(() => {
  process.env.RUN = 'test';
});
