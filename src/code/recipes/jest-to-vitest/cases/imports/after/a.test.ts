import { describe, expect, vi } from 'vitest';
import '@testing-library/jest-dom/vitest';
import { enableFetchMocks } from 'jest-fetch-mock';
import type { Mock } from 'vitest';

describe('a', () => {
  const one: Mock = vi.fn();
  const two: Mock<() => string> = vi.fn(() => 'a');
  expect([one, two, process.env.VITEST_POOL_ID, enableFetchMocks]).toBeDefined();
});
