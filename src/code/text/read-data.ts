import { parse } from 'yaml';

/** What a JSON text holds, with or without a byte order mark; undefined where it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True for an object of JSON or YAML that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a YAML text holds; undefined where it is not YAML, or goes over the parser's limit for hostile documents. With the
 * schema `failsafe` every scalar stays the text that it is.
 */
export function yamlOf(text: string, schema?: 'failsafe'): unknown {
  try {
    return parse(text, schema === undefined ? {} : { schema });
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('YAML')) return undefined;
    throw error;
  }
}
