import { baseName } from '../text/search-text.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { VersionPlace } from '../version-place.ts';

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.phases.install.runtime-versions */
export const buildspec: VersionPlace = {
  id: 'buildspec',
  reads: 'AWS CodeBuild',
  example: {
    path: 'buildspec.yml',
    text: 'version: 0.2\nphases:\n  install:\n    runtime-versions:\n      nodejs: ⟦18⟧\n      java: 18\n',
  },
  isIn: (path) => /^buildspec[\w.-]*\.ya?ml$/.test(baseName(path)),
  find: (text) =>
    yamlScalars(text)
      .filter(({ keys, value }) => /(?:^|\/)runtime-versions\/nodejs$/.test(keys) && /^\d/.test(value))
      .map(({ value, offset }) => ({ value, offset })),
};
