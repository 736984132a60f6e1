import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilerReach, pathReach } from '../../../test/support/compiler-reach.ts';
import { type GeneratedProject, generatedProject, type Meant } from '../../../test/support/generated-project.ts';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { movedPath } from './moved-paths.ts';

const runs = runsOf(150);

it(`after random moves every specifier means the same file, by the compiler's own resolution; moving back gives the bytes (seed ${seed}, ${runs} projects)`, async () => {
  const counts = { planned: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(generatedProject, async (project) => {
      if (project.wishes.length === 0) return;
      const study = await studyFiles(project.files, project.wishes);
      if (study.obstacles.length > 0) {
        counts.refused += 1;
        // Only what would lead out of its package into one that does not export it may be refused here.
        expect(project.isWithin, JSON.stringify(study.obstacles)).toBe(false);
        return;
      }
      counts.planned += 1;
      const after = filesAfter(project.files, study);
      for (const one of project.meant)
        expectSame(one, { project, after, place: (path) => movedPath(path, study.moved) });
      if (!project.isWithin) return;
      const back = await studyFiles(
        after,
        [...study.moved.files].map(([from, to]) => `${to}=${from}`),
      );
      expect(back.obstacles).toEqual([]);
      expect(filesAfter(after, back)).toEqual(sorted(project.files));
    }),
    { seed, numRuns: runs },
  );
  expect(counts.planned).toBeGreaterThan(runs / 3);
});

type Moved = { readonly project: GeneratedProject; readonly after: Files; readonly place: (path: string) => string };

function expectSame({ mark, from, target, style }: Meant, { project, after, place }: Moved): unknown {
  const here = place(from);
  const text = after[here] ?? '';
  const wanted = place(target);
  const why = `${style} from ${here} to ${wanted}\n${text}\n${JSON.stringify(project.wishes)}`;
  const home = from.split('/').slice(0, 2).join('/');
  switch (style) {
    case 'markup':
      return expect(after[`${home}/index.html`], why).toContain(`"/${wanted.slice(home.length + 1)}"`);
    case 'style':
      return expect(after[`${home}/styles/page.css`], why).toContain(`url(${pathFrom(`${home}/styles`, wanted)})`);
    case 'script-of-manifest':
      return expect(after[`${home}/package.json`], why).toContain(`node ${pathFrom(home, wanted)} --flag`);
    case 'exported':
      return expect(JSON.parse(after['packages/core/package.json'] ?? '').exports[`./entry${mark}`], why).toBe(
        dotted(pathFrom('packages/core', wanted)),
      );
    case 'reference':
      return expect(
        [...text.matchAll(/<reference path="(.*?)"/g)].map((match) => pathReach(here, match[1] ?? '')),
        why,
      ).toContain(wanted);
    case 'doc':
      return expect(
        compilerReach(after, here, new RegExp(`import\\('(.*?)'\\)} ${mark} `).exec(text)?.[1] ?? ''),
        why,
      ).toBe(wanted);
    case 'url':
      return expect(pathReach(here, specifierOf(mark, text)), why).toBe(wanted);
    default:
      return expect(compilerReach(after, here, specifierOf(mark, text)), why).toBe(wanted);
  }
}

function specifierOf(mark: number, text: string): string {
  return new RegExp(`/\\*${mark}\\*/ ['"](.*?)['"]`).exec(text)?.[1] ?? '';
}

function pathFrom(folder: string, path: string): string {
  const up = folder.split('/').findIndex((part, at) => path.split('/')[at] !== part);
  if (up === -1) return path.slice(folder.length + 1);
  return [
    ...folder
      .split('/')
      .slice(up)
      .map(() => '..'),
    ...path.split('/').slice(up),
  ].join('/');
}

function dotted(path: string): string {
  return path.startsWith('.') ? path : `./${path}`;
}

function sorted(files: Files): Files {
  return Object.fromEntries(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)));
}
