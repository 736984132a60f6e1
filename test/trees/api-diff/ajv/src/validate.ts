import Ajv from 'ajv';

const ajv = new Ajv({ allErrors: true, jsonPointers: true, nullable: true, schemaId: 'auto', unknownFormats: 'ignore', coerceTypes: true });
ajv.addFormat('upper', /^[A-Z]+$/);
ajv.addKeyword('even', { type: 'number', validate: (schema: boolean, value: number) => (value % 2 === 0) === schema });
ajv.addSchema({ $id: 'thing', type: 'object' });
ajv.addMetaSchema({ $id: 'meta' });

export const check = ajv.compile({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });

export function problems(value: unknown): string[] {
  if (check(value)) return [];
  return (check.errors ?? []).map((error: Ajv.ErrorObject) => `${error.dataPath} ${error.message ?? ''} ${error.keyword}`);
}

export const isThing = (value: unknown): boolean => ajv.validate('thing', value) === true;
export const text = (): string => ajv.errorsText(ajv.errors, { dataVar: 'body', separator: '; ' });
export const compiled: Ajv.ValidateFunction | undefined = ajv.getSchema('thing');
export const options: Ajv.Options = { logger: false, verbose: true, useDefaults: true };
ajv.removeSchema('thing');
