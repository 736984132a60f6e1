import { vi as j, it } from 'vitest';

it('b', () => {
  j.fn();
});
