import buffer, { atob, isUtf8 } from 'node:buffer';

const text = 'SGVsbG8=';
console.log(atob(text), buffer.btoa('Hello'), isUtf8);
