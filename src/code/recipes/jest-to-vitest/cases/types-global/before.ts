import { load } from './load';

let a: jest.Mock;
let b: jest.Mock<string, [number]>;
let c: jest.SpyInstance<void, []>;
let d: jest.Mocked<typeof load>;
let e: jest.Mock<string>;
let f: jest.CustomMatcherResult;
let g: jest.SpiedFunction<typeof load>;
const h = load as jest.MockedFunction<typeof load>;
