export { default as logo, ReactComponent as Logo } from './logo.svg';
