import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type GitTree, makeGitTree } from './support/git-tree.ts';

const root = resolve(import.meta.dirname, '..');
const action = z
  .object({
    inputs: z.record(z.string(), z.object({ default: z.string() })),
    runs: z.object({
      using: z.literal('composite'),
      steps: z.array(
        z.object({
          id: z.string(),
          shell: z.literal('bash'),
          env: z.record(z.string(), z.string()),
          run: z.string(),
          'working-directory': z.string().optional(),
        }),
      ),
    }),
  })
  .parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')));

const token = 'ghs_secretoftheworkflow';
const hazard = 'CREATE INDEX users_name ON users (name);\n';

type Comment = { readonly id: number; readonly user: { readonly login: string }; body: string };

/** A server that answers as api.github.com does for comments of a pull request; it holds them. */
let comments: Comment[];
let calls: string[];
let mayWrite: boolean;
let server: Server;
let tree: GitTree;

beforeEach(async () => {
  [comments, calls, mayWrite] = [[], [], true];
  server = createServer(async (request, response) => {
    const answer = (status: number, document: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(document));
    };
    calls.push(`${request.method} ${request.url}`);
    let text = '';
    for await (const part of request) text += part;
    if (request.headers.authorization !== `Bearer ${token}`)
      return answer(401, {
        message: 'Bad credentials',
        documentation_url: 'https://docs.github.com/rest',
        status: '401',
      });
    if (request.method === 'GET') return answer(200, comments);
    if (!mayWrite)
      return answer(403, {
        message: 'Resource not accessible by integration',
        documentation_url: 'https://docs.github.com/rest/issues/comments#create-an-issue-comment',
        status: '403',
      });
    const { body } = z.object({ body: z.string() }).parse(JSON.parse(text));
    const known = comments.find(({ id }) => request.url?.endsWith(`/comments/${id}`));
    if (request.method === 'PATCH' && known !== undefined) {
      known.body = body;
      return answer(200, known);
    }
    const made = { id: 2_000_000_001 + comments.length, user: { login: 'github-actions[bot]' }, body };
    comments.push(made);
    return answer(201, made);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  tree = await makeGitTree({ 'migrations/001.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, name text);\n' });
  tree.git('branch', 'base');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await tree.remove();
});

async function change(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(tree.root, path, '..'), { recursive: true });
    await writeFile(join(tree.root, path), text);
  }
  tree.git('add', '--all');
  tree.git('commit', '--quiet', '--message=change');
}

/** Runs the steps as the runner does: expressions are put into `env` and nowhere else. */
async function runAction(inputs: Readonly<Record<string, string>> = {}, event: object = pullRequestEvent()) {
  const place = join(tree.root, '.git', 'runner');
  await mkdir(place, { recursive: true });
  const files = Object.fromEntries(['event', 'summary', 'output'].map((name) => [name, join(place, name)]));
  await writeFile(files.event ?? '', JSON.stringify(event));
  await writeFile(files.output ?? '', '');
  await writeFile(files.summary ?? '', '');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  let [exit, said] = [0, ''];
  for (const step of action.runs.steps) {
    const env = Object.entries(step.env).map(([name, value]) => [name, evaluated(value, { inputs, event, files })]);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: tree.root,
      env: {
        PATH: process.env.PATH,
        HOME: '/nonexistent',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: root,
        GITHUB_API_URL: `http://127.0.0.1:${port}`,
        GITHUB_EVENT_PATH: files.event,
        GITHUB_OUTPUT: files.output,
        GITHUB_REPOSITORY: 'octo-org/shop',
        GITHUB_STEP_SUMMARY: files.summary,
        RUNNER_TEMP: place,
        ...Object.fromEntries(env),
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    [exit] = await once(child, 'close');
    if (exit !== 0) break;
  }
  return {
    exit,
    said,
    summary: readFileSync(files.summary ?? '', 'utf8'),
    output: readFileSync(files.output ?? '', 'utf8'),
  };
}

type Given = {
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: object;
  readonly files: Readonly<Record<string, string>>;
};

function evaluated(text: string, { inputs, event, files }: Given): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const [kind = '', ...path] = expression.split('.');
    if (expression === 'github.token' || expression === 'inputs.token') return token;
    if (kind === 'inputs') return inputs[path.join('.')] ?? action.inputs[path.join('.')]?.default ?? '';
    if (kind === 'steps') {
      const lines = readFileSync(files.output ?? '', 'utf8').split('\n');
      return lines.find((line) => line.startsWith(`${path.at(-1)}=`))?.slice((path.at(-1) ?? '').length + 1) ?? '';
    }
    let value: unknown = event;
    for (const key of path.slice(1)) value = z.record(z.string(), z.unknown()).safeParse(value).data?.[key];
    return String(value ?? '');
  });
}

function pullRequestEvent(): object {
  return {
    action: 'synchronize',
    pull_request: {
      number: 17,
      title: '"; touch pwned; echo "$(touch pwned)',
      head: { ref: '$(touch pwned)', repo: { fork: false } },
      base: { ref: 'main', sha: tree.git('rev-parse', 'base').trim() },
    },
  };
}

it('no expression stands in a shell, and every input reaches one', () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  const used = JSON.stringify(action.runs.steps);
  for (const name of Object.keys(action.inputs)) expect(used).toContain(`\${{ inputs.${name} }}`);
});

it('the first run makes one comment, the second changes it, and what is mended is said too', async () => {
  await change({ 'migrations/002.sql': hazard });
  const first = await runAction();
  expect(first.exit, first.said).toBe(2);
  expect(first.said).toContain('::error file=migrations/002.sql,line=1');
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('`migrations/002.sql`');
  expect(comments[0]?.body).not.toContain('001.sql');
  expect(first.summary).toContain('`migrations/002.sql`');
  expect(first.output).toContain('sarif=godwit.sarif\nexit-code=2\n');
  const sarif = z
    .object({ version: z.string(), runs: z.array(z.object({ results: z.array(z.unknown()) })) })
    .parse(JSON.parse(readFileSync(join(tree.root, 'godwit.sarif'), 'utf8')));
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
  comments.unshift({ id: 7, user: { login: 'somebody' }, body: 'looks good' });
  await change({ 'migrations/002.sql': 'CREATE INDEX CONCURRENTLY users_name ON users (name);\n' });
  const second = await runAction();
  expect(second.exit, second.said).toBe(0);
  expect(comments).toHaveLength(2);
  expect(comments[1]?.body).not.toContain('index-not-concurrent');
  expect(calls.filter((call) => !call.startsWith('GET'))).toEqual([
    'POST /repos/octo-org/shop/issues/17/comments',
    'PATCH /repos/octo-org/shop/issues/comments/2000000001',
  ]);
  expect(`${first.said}${first.summary}${second.said}${JSON.stringify(comments)}`).not.toContain(token);
});

it('the comment carries the plan of a migration that is added, and the next run changes it', async () => {
  await change({ 'migrations/002.sql': 'ALTER TABLE users RENAME COLUMN name TO full_name;\n' });
  const first = await runAction({ 'fail-on': 'never' });
  expect(first.exit, first.said).toBe(0);
  const headings = comments[0]?.body.match(/^#### .*$/gm);
  expect(headings, first.said).toHaveLength(8);
  expect(comments[0]?.body).toContain('<details><summary>');
  await change({ 'migrations/002.sql': 'CREATE VIEW names AS SELECT name FROM users;\n' });
  const second = await runAction({ plan: 'require' });
  expect(second.exit, second.said).toBe(2);
  expect(second.said).toMatch(/^::error file=migrations\/002\.sql,line=1.*No plan: /m);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('no plan can be made of it');
  const off = await runAction({ plan: 'off' });
  expect(off.exit, off.said).toBe(0);
  expect(comments[0]?.body).not.toContain('### Plans');
}, 180_000);

it('a fork, which gets no secrets, is linted alone where plans want a database', async () => {
  mayWrite = false;
  await change({ 'migrations/002.sql': 'ALTER TABLE users ADD COLUMN city text;\n' });
  const event = pullRequestEvent();
  Object.assign(event, {
    pull_request: { number: 17, head: { repo: { fork: true } }, base: { sha: tree.git('rev-parse', 'base').trim() } },
  });
  const inputs = { plan: 'require', 'plan-on': 'database', 'read-database-url': '', 'fail-on': 'never' };
  const ran = await runAction(inputs, event);
  expect(ran.exit, ran.said).toBe(0);
  expect(ran.summary).toContain('Linted only: this pull request comes from a fork');
});

it('a token that may not write, as from a fork, leaves it to the summary and fails nothing by itself', async () => {
  mayWrite = false;
  await change({ 'migrations/002.sql': hazard });
  const ran = await runAction({ 'fail-on': 'never' });
  expect(ran.exit, ran.said).toBe(0);
  expect(ran.said).toContain('The token may not comment here (GitHub answered 403');
  expect(ran.summary).toContain('`migrations/002.sql`');
  expect(comments).toEqual([]);
});

it('where nothing is found no comment is made, and what is no pull request has none', async () => {
  await change({ 'README.md': 'x\n' });
  expect((await runAction()).said).toContain('Nothing was found, so no comment was made.');
  const pushed = await runAction({ since: 'all' }, { ref: 'refs/heads/main' });
  expect(pushed.said).toContain('the job is not about a pull request');
  expect(comments).toEqual([]);
});

it('a commit that is not there is an error that says what to do, and no option of git', async () => {
  const unknown = await runAction({ since: 'nowhere' });
  expect(unknown.exit).toBe(1);
  expect(unknown.said).toContain('fetch-depth: 0');
  const option = await runAction({ since: '--output=pwned' });
  expect(option.exit).toBe(1);
  expect(existsSync(join(tree.root, 'pwned'))).toBe(false);
});

it('names of files, branches and titles run nothing and call nobody', async () => {
  const names = [
    'migrations/$(touch pwned).sql',
    'migrations/`touch pwned`; touch pwned #.sql',
    'migrations/@octocat ::error::x.sql',
  ];
  await change(Object.fromEntries(names.map((name) => [name, hazard])));
  const ran = await runAction({ paths: 'migrations\n--fix\n$(touch pwned)\n' });
  expect(existsSync(join(tree.root, 'pwned'))).toBe(false);
  expect(ran.exit).not.toBe(0);
  const judged = await runAction();
  expect(judged.exit, judged.said).toBe(2);
  expect(existsSync(join(tree.root, 'pwned'))).toBe(false);
  expect(comments[0]?.body).not.toMatch(/@octocat/);
  expect(judged.said.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
  expect(readFileSync(join(tree.root, names[0] ?? ''), 'utf8')).toBe(hazard);
});
