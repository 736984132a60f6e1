import type { NativeForm } from '../native-form.ts';
import { arrayForms } from './arrays.ts';
import { objectForms } from './objects.ts';
import { predicateForms } from './predicates.ts';
import { stringForms } from './strings.ts';

/** Every native form. Of several for one function, the first that fits a call is taken. */
export const nativeForms: readonly NativeForm[] = [...arrayForms, ...predicateForms, ...objectForms, ...stringForms];
