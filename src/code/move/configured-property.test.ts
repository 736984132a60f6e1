import fc from 'fast-check';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { configuredProject } from '../../../test/support/configured-project.ts';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { moveFindings } from './move-findings.ts';

const runs = runsOf(100);

it(`every place of configuration that names a folder follows it, and moving back gives the bytes (seed ${seed}, ${runs} projects)`, async () => {
  await fc.assert(
    fc.asyncProperty(configuredProject, async ({ from, to, files }) => {
      const study = await studyFiles(files(from), [`${from}=${to}`]);
      expect(study.obstacles).toEqual([]);
      const after = filesAfter(files(from), study);
      expect(after).toEqual(sorted(files(to)));
      expect(moveFindings(study)).toEqual([]);
      const there = compiled(files(from)).map((path) => path.replace(`/${from}/`, `/${to}/`));
      expect(compiled(after)).toEqual(there);
      const back = await studyFiles(after, [`${to}=${from}`]);
      expect(filesAfter(after, back)).toEqual(sorted(files(from)));
    }),
    { seed, numRuns: runs },
  );
});

/** The files that the compiler takes in by tsconfig.json, by its own reading. */
function compiled(files: Files): readonly string[] {
  const paths = Object.keys(files).map((path) => `/${path}`);
  const { config } = ts.readConfigFile('/tsconfig.json', (path) => files[path.slice(1)]);
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (path) => paths.includes(path),
    readFile: (path) => files[path.slice(1)],
    readDirectory: (folder, _endings, _exclude, include) => {
      const tops = include.map((one) => `${folder.replace(/\/$/, '')}/${one.replace(/\/\*.*$/, '')}/`);
      return paths.filter((path) => path.endsWith('.ts') && tops.some((top) => path.startsWith(top)));
    },
  };
  return ts.parseJsonConfigFileContent(config, host, '/').fileNames.sort();
}

function sorted(files: Files): Files {
  return Object.fromEntries(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)));
}
