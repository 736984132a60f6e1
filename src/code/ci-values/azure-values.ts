import { type YamlScalar, yamlScalars } from '../text/yaml-scalars.ts';

type AzureSearch = {
  /** The task that takes a version. */
  readonly task: RegExp;
  /** The keys of its input, from the root. */
  readonly input: RegExp;
  readonly version: RegExp;
};

/** Versions that a task of Azure Pipelines is told, and the variables, parameters and entries of a matrix that it takes. Pure. */
export function azureValues(text: string, { task, input, version }: AzureSearch): readonly YamlScalar[] {
  if (!task.test(text)) return [];
  const scalars = yamlScalars(text);
  const isInput = ({ keys, around }: YamlScalar) => task.test(around.task ?? '') && input.test(keys);
  const used = new Set(
    scalars
      .filter(isInput)
      .flatMap(({ value }) => /^\$[({]+\s*(?:parameters\.|variables\.)?(\w+)\s*[)}]+$/.exec(value)?.[1] ?? []),
  );
  return scalars.filter((one) => {
    const { keys, value, beside } = one;
    const isOfVariable = /\/(?:value|default|values\/-)$/.test(keys)
      ? used.has(beside.name ?? '')
      : used.has(/(?:^|\/)(?:variables|matrix\/[^/]+)\/(\w+)$/.exec(keys)?.[1] ?? '');
    return version.test(value) && (isInput(one) || isOfVariable);
  });
}
