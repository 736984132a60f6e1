import { register } from './unit.ts';

register('m', 1);
register('km', 1_000);
register('mile', 1_609.344);
