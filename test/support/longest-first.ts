import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * A sequencer that begins with the files whose paths end in these names, in their order, so that no long one is left
 * alone at the end, while the other workers have nothing to do. Names stand without `.test.ts`.
 */
export function longestFirst(names: readonly string[]): typeof BaseSequencer {
  const placeOf = ({ moduleId }: TestSpecification): number => {
    const place = names.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return place === -1 ? names.length : place;
  };
  return class LongestFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const sorted = await super.sort(files);
      return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
    }
  };
}
