import text from './notes.md';

export default text;
