import { describe, expect, jest } from '@jest/globals';
import '@testing-library/jest-dom';
import { enableFetchMocks } from 'jest-fetch-mock';
import type { Mock } from 'vitest';

describe('a', () => {
  const one: Mock = jest.fn();
  const two: jest.Mock<() => string> = jest.fn(() => 'a');
  expect([one, two, process.env.JEST_WORKER_ID, enableFetchMocks]).toBeDefined();
});
