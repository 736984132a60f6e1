import { load } from './load';
import type { Mock, MockInstance, Mocked, MockedFunction } from 'vitest';

let a: Mock;
let b: Mock<(...args: [number]) => string>;
let c: MockInstance<(...args: []) => void>;
let d: Mocked<typeof load>;
let e: jest.Mock<string>;
let f: jest.CustomMatcherResult;
let g: MockInstance<typeof load>;
const h = load as MockedFunction<typeof load>;
