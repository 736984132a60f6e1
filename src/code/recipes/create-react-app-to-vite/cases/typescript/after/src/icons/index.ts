export { default as logo } from './logo.svg';
export { default as Logo } from './logo.svg?react';
