import { refusedParam } from '../recipe-kit/recipe-params.ts';
import type { CodemodPackage } from './codemod-package.ts';
import type { JsonRecord, JsonValue } from './codemod-work.ts';
import type { WorkflowParam } from './workflow.ts';

/**
 * The parameters of a workflow: as given, in the type that its schema says, else their default. Throws `bad-input` for a
 * name that the workflow does not declare, and for a value that is not of its type or not among its choices.
 */
export function workflowParams(
  { manifest, workflow }: CodemodPackage,
  given: Readonly<Record<string, string>>,
): JsonRecord {
  const schema = workflow.params?.schema ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(schema, name) || Object.keys(schema).length === 0) continue;
    throw refusedParam(manifest.name, `It has no parameter ${name}; it has ${Object.keys(schema).join(', ')}.`);
  }
  const values: Record<string, JsonValue> = { ...given };
  for (const [name, param] of Object.entries(schema)) {
    const text = given[name];
    const value = text === undefined ? param.default : typed(text, param);
    if (text !== undefined && value === undefined) {
      const choices = choicesOf(param);
      const kind = choices.length > 0 ? `one of ${choices.join(', ')}` : `a ${param.type}`;
      throw refusedParam(manifest.name, `The parameter ${name} takes ${kind}, not ${text}.`);
    }
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function typed(text: string, param: WorkflowParam): JsonValue | undefined {
  if (param.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (param.type === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  const choices = choicesOf(param);
  return choices.length === 0 || choices.includes(text) ? text : undefined;
}

function choicesOf({ oneOf = [] }: WorkflowParam): readonly string[] {
  return oneOf.flatMap((variant) => variant.enum ?? []);
}
