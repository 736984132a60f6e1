import { label } from '../src/index.ts';

label('a', { loud: true });
