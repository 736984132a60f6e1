import { isUtf8 } from 'node:buffer';

const text = 'SGVsbG8=';
console.log(Buffer.from(text, 'base64').toString('binary'), Buffer.from('Hello', 'binary').toString('base64'), isUtf8);
