import { label } from '../src/index.js';

label('a', { loud: true });
