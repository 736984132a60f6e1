import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackumentServer, startPackumentServer } from '../../../test/support/packument-server.ts';
import { manifestOf, movesOf, type PlanChoice, plannedUpgrade } from '../../../test/support/plan-upgrade.ts';

let server: PackumentServer;
beforeAll(async () => {
  server = await startPackumentServer();
});
afterAll(() => server.close());

const plan = (files: Readonly<Record<string, string>>, wish: string, choice: Partial<PlanChoice> = {}) =>
  plannedUpgrade(files, wish, { registry: server.url, ...choice });

describe('against packuments recorded from the real registry', () => {
  it('React 16 → 19: major by major, with renderer and types, and what tests it', async () => {
    const files = manifestOf(
      { react: '^16.14.0', 'react-dom': '16.14.0' },
      { '@types/react': '^16', '@types/react-dom': '~16.9.0', '@testing-library/react': '^12.0.0' },
    );
    const planned = await plan(files, 'react@19');
    expect(movesOf(planned)).toMatchInlineSnapshot(`
      {
        "hop-1-react-17": [
          "react 16.14.0 → 17.0.2",
          "react-dom 16.14.0 → 17.0.2",
          "@types/react 16.14.70 → 17.0.93",
          "@types/react-dom 16.9.25 → 17.0.26",
        ],
        "hop-2-react-18": [
          "react 17.0.2 → 18.3.1",
          "react-dom 17.0.2 → 18.3.1",
          "@types/react 17.0.93 → 18.3.32",
          "@types/react-dom 17.0.26 → 18.3.7",
          "@testing-library/react 12.1.5 → 13.4.0",
        ],
        "hop-3-testing-library-react-14": [
          "@testing-library/react 13.4.0 → 14.3.1",
        ],
        "hop-4-testing-library-react-15": [
          "@testing-library/react 14.3.1 → 15.0.7",
        ],
        "hop-5-react-19": [
          "react 18.3.1 → 19.3.1",
          "react-dom 18.3.1 → 19.3.1",
          "@types/react 18.3.32 → 19.3.3",
          "@types/react-dom 18.3.7 → 19.3.0",
          "@testing-library/react 15.0.7 → 16.3.3",
          "@testing-library/dom new → 10.4.2",
        ],
      }
    `);
    expect(planned.after.at(-1)?.['package.json']).toMatchInlineSnapshot(`
      "{
        "name": "shop",
        "private": true,
        "dependencies": {
          "react": "^19.3.1",
          "react-dom": "19.3.1"
        },
        "devDependencies": {
          "@testing-library/dom": "^10.4.2",
          "@types/react": "^19",
          "@types/react-dom": "~19.3.0",
          "@testing-library/react": "^16.3.3"
        }
      }
      "
    `);
  });

  it('Express 4 → 5 with its types', async () => {
    const files = manifestOf({ express: '^4.18.2' }, { '@types/express': '4.17.25' });
    const planned = await plan(files, 'express@5');
    expect(movesOf(planned)).toMatchInlineSnapshot(`
      {
        "hop-1-express-5": [
          "express 4.22.3 → 5.3.0",
          "@types/express 4.17.25 → 5.0.6",
        ],
      }
    `);
    expect(planned.path.hops[0]?.title).toBe('express 4 → 5, with @types/express');
    expect(planned.path.hops[0]?.changes.map(({ why }) => why)).toEqual([
      'It is wished for.',
      'It moves with express.',
    ]);
  });

  it('ESLint 8 → 9: plugins move as little as they must, and typescript-eslint through each of its majors', async () => {
    const files = manifestOf(
      {},
      {
        eslint: '^8.57.0',
        '@typescript-eslint/parser': '^5.62.0',
        '@typescript-eslint/eslint-plugin': '^5.62.0',
        'eslint-plugin-react': '^7.37.0',
        'eslint-plugin-react-hooks': '^4.6.0',
        typescript: '~5.1.6',
      },
    );
    expect(movesOf(await plan(files, 'eslint@9'))).toMatchInlineSnapshot(`
      {
        "hop-1-typescript-eslint-eslint-plugin-6": [
          "@typescript-eslint/parser 5.62.0 → 6.21.0",
          "@typescript-eslint/eslint-plugin 5.62.0 → 6.21.0",
        ],
        "hop-2-typescript-eslint-eslint-plugin-7": [
          "@typescript-eslint/parser 6.21.0 → 7.18.0",
          "@typescript-eslint/eslint-plugin 6.21.0 → 7.18.0",
        ],
        "hop-3-eslint-9": [
          "eslint 8.57.1 → 9.39.5",
          "@typescript-eslint/parser 7.18.0 → 8.74.0",
          "@typescript-eslint/eslint-plugin 7.18.0 → 8.74.0",
          "eslint-plugin-react-hooks 4.6.2 → 5.2.0",
        ],
      }
    `);
  });

  it('TypeScript 5 → 7: alone where nobody calls the compiler, beside 6 where somebody does', async () => {
    const alone = await plan(manifestOf({}, { typescript: '~5.3.0' }), 'typescript@7');
    expect(movesOf(alone)).toMatchInlineSnapshot(`
      {
        "hop-1-typescript-6": [
          "typescript 5.3.3 → 6.0.3",
        ],
        "hop-2-typescript-7": [
          "typescript 6.0.3 → 7.0.2",
        ],
      }
    `);
    const beside = await plan(manifestOf({}, { typescript: '^5.4.5', 'ts-node': '^10.9.0' }), 'typescript@7');
    expect(movesOf(beside)).toMatchInlineSnapshot(`
      {
        "hop-1-typescript-6": [
          "typescript 5.9.3 → 6.0.3",
        ],
        "hop-2-typescript-7": [
          "@typescript/native new → 7.0.2",
          "typescript 6.0.3 → 6.0.2",
        ],
      }
    `);
    expect(beside.after.at(-1)?.['package.json']).toContain(
      '"@typescript/native": "npm:typescript@^7.0.2",\n    "typescript": "npm:@typescript/typescript6@6.0.2"',
    );
    expect(beside.path.hops[1]?.findings.map(({ rule, message }) => [rule, message])).toMatchInlineSnapshot(`
      [
        [
          "package/side-by-side",
          "TypeScript 7 has no compiler that a program can call. ts-node needs one, so typescript 7.0.2 is installed as @typescript/native, and typescript stays at 6 (@typescript/typescript6).",
        ],
      ]
    `);
  });

  it('Jest 27 → 30 with environment, transform and types, where they have the number', async () => {
    const files = manifestOf(
      {},
      {
        jest: '^27.5.0',
        'ts-jest': '^27.1.0',
        'jest-environment-jsdom': '^27.5.0',
        '@types/jest': '^27.5.0',
        typescript: '^4.9.0',
      },
    );
    expect(movesOf(await plan(files, 'jest@30'))).toMatchInlineSnapshot(`
      {
        "hop-1-jest-28": [
          "jest 27.5.1 → 28.1.3",
          "ts-jest 27.1.5 → 28.0.8",
          "jest-environment-jsdom 27.5.1 → 28.1.3",
          "@types/jest 27.5.2 → 28.1.8",
        ],
        "hop-2-jest-29": [
          "jest 28.1.3 → 29.7.0",
          "ts-jest 28.0.8 → 29.4.15",
          "jest-environment-jsdom 28.1.3 → 29.7.0",
          "@types/jest 28.1.8 → 29.5.14",
        ],
        "hop-3-jest-30": [
          "jest 29.7.0 → 30.5.2",
          "jest-environment-jsdom 29.7.0 → 30.5.2",
          "@types/jest 29.5.14 → 30.0.0",
        ],
      }
    `);
  });

  it('Next 13 → 15 with its lint rules; React stays while it fits', async () => {
    const files = manifestOf({
      next: '^13.5.0',
      react: '^18.2.0',
      'react-dom': '^18.2.0',
      'eslint-config-next': '13.5.11',
    });
    expect(movesOf(await plan(files, 'next@15'))).toMatchInlineSnapshot(`
      {
        "hop-1-next-14": [
          "next 13.5.11 → 14.2.35",
          "eslint-config-next 13.5.11 → 14.2.35",
        ],
        "hop-2-next-15": [
          "next 14.2.35 → 15.5.29",
          "eslint-config-next 14.2.35 → 15.5.29",
        ],
      }
    `);
  });

  it('everything, least change first, with what is held back and why', async () => {
    const files = manifestOf(
      { react: '^17.0.0', 'react-dom': '^17.0.0', 'react-table': '^7.8.0', zod: '~3.20.0' },
      { typescript: '~5.3.0', '@types/node': '^16.18.0', 'zod-to-json-schema': '^3.20.0' },
    );
    const planned = await plan({ ...files, '.nvmrc': '18\n' }, 'all');
    expect(movesOf(planned)).toMatchInlineSnapshot(`
      {
        "hop-1-within-majors": [
          "zod 3.20.6 → 3.25.76",
          "typescript 5.3.3 → 5.9.3",
        ],
        "hop-2-typescript-6": [
          "typescript 5.9.3 → 6.0.3",
        ],
        "hop-3-typescript-7": [
          "typescript 6.0.3 → 7.0.2",
        ],
        "hop-4-types-node-18": [
          "@types/node 16.18.126 → 18.19.130",
        ],
        "hop-5-react-18": [
          "react 17.0.2 → 18.3.1",
          "react-dom 17.0.2 → 18.3.1",
        ],
        "hop-6-zod-4": [
          "zod 3.25.76 → 4.6.7",
        ],
      }
    `);
    expect(planned.path.findings.map(({ rule, message }) => [rule, message])).toMatchInlineSnapshot(`
      [
        [
          "package/held-back",
          "@types/node is held to 18, though 26.6.6 is there: Node 18 is the oldest that this tree names.",
        ],
        [
          "package/held-back",
          "react cannot go from 18.3.1 to 19: react-table blocks it. react-table 7.8.0, the newest that can be taken, wants react ^16.8.3 || ^17.0.0-0 || ^18.0.0; no version that was published fits.",
        ],
      ]
    `);
  });

  it('is the same every time', async () => {
    const files = manifestOf({ react: '^16.14.0', 'react-dom': '^16.14.0' }, { '@testing-library/react': '^12.0.0' });
    expect((await plan(files, 'react@19')).path).toEqual((await plan(files, 'react@19')).path);
  });
});
