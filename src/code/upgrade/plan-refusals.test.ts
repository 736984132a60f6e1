import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackumentServer, startPackumentServer } from '../../../test/support/packument-server.ts';
import {
  manifestOf,
  movesOf,
  type PlanChoice,
  plannedUpgrade,
  refusedUpgrade,
} from '../../../test/support/plan-upgrade.ts';

let server: PackumentServer;
beforeAll(async () => {
  server = await startPackumentServer({
    deprecated: { 'chalk@5.6.2': 'wait for 6', 'uuid@9.0.1': 'old', 'uuid@9.0.0': 'old' },
  });
});
afterAll(() => server.close());

const react = manifestOf({ react: '^17.0.2', 'react-dom': '^17.0.2' });
const refused = (files: Readonly<Record<string, string>>, wish: string, choice: Partial<PlanChoice> = {}) =>
  refusedUpgrade(files, wish, { registry: server.url, ...choice });
const plan = (files: Readonly<Record<string, string>>, wish: string, choice: Partial<PlanChoice> = {}) =>
  plannedUpgrade(files, wish, { registry: server.url, ...choice });

describe('a wish that means nothing here', () => {
  it.each([
    ['raect@19', 'bad-input', 'No package.json of this tree declares raect.', 'It declares react.'],
    [
      'vue@3',
      'bad-input',
      'No package.json of this tree declares vue.',
      'It declares 2 packages, and none is named like it.',
    ],
    [
      'react@99',
      'bad-input',
      'No published version of react is what `react@99` asks for.',
      /the newest is 19\.\d+\.\d+/,
    ],
    [
      'react@next',
      'bad-input',
      '`react@next` is neither a range of versions nor a tag of react.',
      /^Its tags are latest \(19/,
    ],
    [
      'react@16',
      'bad-input',
      '`react@16` would take react back from 17.0.2 to 16.14.0.',
      'An upgrade goes forward only.',
    ],
    ['react@17', 'nothing-to-do', 'There is nothing to upgrade.', 'react 17.0.2 is what `react@17` asks for.'],
    ['shop@2', 'bad-input', 'No package.json of this tree declares shop.', /./],
  ])('%s: %s', async (wish, code, what, why) => {
    const error = await refused(react, wish);
    expect(error).toMatchObject({ code, what });
    expect(error.why).toMatch(why);
    expect(error.next).not.toBe('');
  });

  it('takes a tool that is for the build only no further back than another', async () => {
    expect(await refused(manifestOf({}, { typescript: '^5.4.5' }), 'typescript@4')).toMatchObject({
      code: 'bad-input',
      what: expect.stringMatching(/^`typescript@4` would take typescript back from 5\.\d+\.\d+ to 4\.\d+\.\d+\.$/),
    });
  });

  it('names what no registry answers for', async () => {
    const files = manifestOf({ local: 'file:../local', forked: 'someone/forked#main', react: '17.0.2' });
    expect(await refused(files, 'local@2')).toMatchObject({
      code: 'bad-input',
      why: expect.stringContaining('`file:`'),
    });
    expect((await refused(files, 'forked@2')).why).toContain('a git host');
  });

  it('says what is there already beside what is not', async () => {
    const { path } = await plan(manifestOf({ react: '^17.0.2', zod: '^4.0.0' }), 'zod@4,react@18');
    expect(path.hops.map(({ id }) => id)).toEqual(['hop-1-react-18']);
    expect(path.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['package/there', 'zod 4.6.7 is what `zod@4` asks for.'],
    ]);
  });
});

describe('what blocks', () => {
  it('is named with what it wants, since when, and what can be done', async () => {
    const files = manifestOf({ react: '^18.0.0', 'react-dom': '^18.0.0', 'react-table': '^7.8.0' });
    expect(await refused(files, 'react@19')).toMatchInlineSnapshot(`
      {
        "code": "no-solution",
        "next": "Hold react back at 18. Or replace react-table. Or, if you know that it works: \`--override "react-table>react=^19.3.1:REASON"\`.",
        "what": "react cannot go from 18.3.1 to 19: react-table blocks it.",
        "why": "react-table 7.8.0, the newest that can be taken, wants react ^16.8.3 || ^17.0.0-0 || ^18.0.0; no version that was published fits.",
      }
    `);
    expect(
      await refused(manifestOf({}, { eslint: '^8.57.0', 'eslint-config-airbnb': '^19.0.4' }), 'eslint@9'),
    ).toMatchInlineSnapshot(`
      {
        "code": "no-solution",
        "next": "Hold eslint back at 8. Or replace eslint-config-airbnb. Or, if you know that it works: \`--override "eslint-config-airbnb>eslint=^9.39.5:REASON"\`.",
        "what": "eslint cannot go from 8.57.1 to 9: eslint-config-airbnb blocks it.",
        "why": "eslint-config-airbnb 19.0.4, the newest that can be taken, wants eslint ^7.32.0 || ^8.2.0; no version that was published fits.",
      }
    `);
  });

  it('is found at the end of a chain', async () => {
    const files = manifestOf(
      {},
      {
        vite: '^6.0.0',
        '@storybook/react-vite': '^8.6.0',
        storybook: '^8.6.0',
        '@storybook/addon-essentials': '^8.6.0',
      },
    );
    expect((await refused(files, 'vite@7')).why).toMatchInlineSnapshot(
      `"@storybook/react-vite fits vite 7 from 9.0.18 on. storybook fits @storybook/react-vite 9 from 9.0.18 on. @storybook/addon-essentials 8.6.19, the newest that can be taken, wants storybook ^8.6.19; no version since 8.2.10 of 2024-12-13 fits either."`,
    );
  });

  it('is passed over where the user says so, and the package manager is told', async () => {
    const files = manifestOf({ react: '^18.0.0', 'react-dom': '^18.0.0', 'react-table': '^7.8.0' });
    const overrides = ['react-table>react=^19:we render three tables, all tested'];
    const planned = await plan(files, 'react@19', { overrides });
    expect(planned.path.hops[0]?.overrides).toEqual([
      {
        wanter: 'react-table',
        name: 'react',
        range: '^19',
        reason: 'we render three tables, all tested',
        why: 'react-table 7.8.0 wants react ^16.8.3 || ^17.0.0-0 || ^18.0.0, and gets 19.3.1 all the same: we render three tables, all tested',
        declared: [
          {
            file: 'package.json',
            group: 'overrides.react-table',
            path: ['overrides', 'react-table', 'react'],
            to: '$react',
          },
        ],
      },
    ]);
    expect(planned.after[0]?.['package.json']).toContain(
      '"overrides": {\n    "react-table": {\n      "react": "$react"\n    }\n  }',
    );
    expect(planned.path.overrides).toHaveLength(1);
  });

  it('is Node, where nothing of a major runs on it', async () => {
    const error = await refused(manifestOf({ commander: '^13.0.0' }), 'commander@14', { nodeInUse: '18.20.0' });
    expect(error).toMatchObject({ code: 'no-solution', what: 'No version that `commander@14` allows can be taken.' });
    expect(error.why).toContain('it wants Node >=20, and this is 18.20.0');
    const named = await refused({ ...manifestOf({ commander: '^13.0.0' }), '.nvmrc': 'v18\n' }, 'commander@14');
    expect(named.why).toContain('it wants Node >=20, and .nvmrc:1:1 names v18');
    const overrides = ['node=20:the image is raised in the same change'];
    const taken = await plan({ ...manifestOf({ commander: '^13.0.0' }), '.nvmrc': 'v18\n' }, 'commander@14', {
      overrides,
    });
    expect(taken.path.hops[0]?.lead.to).toMatch(/^14\./);
  });
});

describe('what speaks against versions', () => {
  it('younger than asked for: none is taken, and the range cannot bring one', async () => {
    const files = manifestOf({ chalk: '^4.1.2' });
    const { path } = await plan(files, 'chalk@5', { minAgeDays: 7, nowMs: Date.parse('2025-01-10T00:00:00Z') });
    expect(path.hops[0]?.lead).toMatchInlineSnapshot(`
      {
        "from": "4.1.2",
        "name": "chalk",
        "to": "5.3.0",
      }
    `);
    expect(path.hops[0]?.findings.map(({ rule, message }) => [rule, message])).toMatchInlineSnapshot(`
      [
        [
          "package/exact",
          "chalk is declared as exactly 5.3.0 in package.json: \`^5.3.0\` would install 5.5.0, but it was published on 2025-08-04.",
        ],
        [
          "package/newer-left-out",
          "chalk 5.6.2 is newer than 5.3.0 and is not taken: its publisher says: wait for 6; it was published on 2025-09-08.",
        ],
      ]
    `);
    const never = await refused(files, 'chalk@5', { minAgeDays: 7, nowMs: Date.parse('2015-01-01T00:00:00Z') });
    expect(never).toMatchObject({ code: 'no-solution', next: 'Wait, or ask for less with --min-age.' });
  });

  it('deprecated: another of the major is taken; a major that is so wholly is passed over, and both are said', async () => {
    const { path } = await plan(manifestOf({ chalk: '^4.1.2', uuid: '^8.3.2' }), 'chalk@5,uuid@10');
    expect(path.hops.map(({ id, lead }) => [id, lead.to])).toMatchInlineSnapshot(`
      [
        [
          "hop-1-chalk-5",
          "5.5.0",
        ],
        [
          "hop-2-uuid-10",
          "10.0.0",
        ],
      ]
    `);
    expect(path.findings.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "uuid has no 9 to go through: of 9.0.1, its publisher says: old.",
      ]
    `);
    expect(path.hops[0]?.findings.map(({ rule, message }) => [rule, message])).toMatchInlineSnapshot(`
      [
        [
          "package/newer-left-out",
          "chalk 5.6.2 is newer than 5.5.0 and is not taken: its publisher says: wait for 6.",
        ],
      ]
    `);
    const asked = await plan(manifestOf({ chalk: '^4.1.2' }), 'chalk@5.6.2');
    expect(movesOf(asked)).toEqual({ 'hop-1-chalk-5': ['chalk 4.1.2 → 5.6.2'] });
    expect(asked.path.hops[0]?.findings.map(({ rule }) => rule)).toEqual(['package/deprecated']);
  });
});

describe('a registry', () => {
  it('that lacks or refuses a package that is wished for', async () => {
    const error = await refused(manifestOf({ '@nobody/nothing': '1.0.0', react: '17.0.2' }), '@nobody/nothing@2');
    expect(error).toMatchObject({ code: 'bad-input' });
    const lock = { packages: { 'node_modules/@nobody/nothing': { version: '1.0.0' } }, lockfileVersion: 3 };
    const files = {
      ...manifestOf({ '@nobody/nothing': '1.0.0', react: '17.0.2' }),
      'package-lock.json': JSON.stringify(lock),
    };
    expect(await refused(files, '@nobody/nothing@2')).toMatchObject({
      code: 'registry-failed',
      why: expect.stringContaining('404'),
    });
    const others = await plan(files, 'react@18');
    expect(others.path.unknown.map(({ what }) => what)).toContain(
      'versions of @nobody/nothing; it stays at what is there',
    );
  });

  it('that wants other credentials, or is down, is named without them', async () => {
    const closed = await startPackumentServer({ token: 'a-secret' });
    const lock = JSON.stringify({ packages: { 'node_modules/react': { version: '17.0.2' } }, lockfileVersion: 3 });
    const files = { ...manifestOf({ react: '17.0.2' }), 'package-lock.json': lock };
    const { host } = new URL(closed.url);
    const npmrc = `registry=${closed.url}\n//${host}/:_authToken=an-old-secret\n`;
    const wrong = await refused({ ...files, '.npmrc': npmrc }, 'react@18');
    expect(wrong).toMatchObject({ code: 'registry-failed', why: expect.stringContaining('answered 401') });
    expect(JSON.stringify(wrong)).not.toContain('secret');
    await closed.close();
    const down = await refused(files, 'react@18', { registry: closed.url });
    expect(down).toMatchObject({ code: 'registry-failed', why: expect.stringContaining('could not be reached') });
  });
});

it('stops when it is told to', async () => {
  const controller = new AbortController();
  const progress = (text: string): void => {
    if (text.startsWith('Looking')) controller.abort(new Error('stopped by the user'));
  };
  await expect(plan(react, 'react@19', { signal: controller.signal, progress })).rejects.toThrow('stopped by the user');
});
