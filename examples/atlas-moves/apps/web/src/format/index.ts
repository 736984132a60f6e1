export * from './number';
export * from './padded';
