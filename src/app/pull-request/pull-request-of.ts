import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { PullRequest } from './github.ts';

const eventSchema = z.object({ pull_request: z.object({ number: z.number().int().positive() }) });
const forkSchema = z.object({ pull_request: z.object({ head: z.object({ repo: z.object({ fork: z.boolean() }) }) }) });
const repositoryForm = /^[\w.-]+\/[\w.-]+$/;

/**
 * The pull request that a job of GitHub Actions is about
 * (https://docs.github.com/actions/reference/workflows-and-actions/variables), or why there is none to comment on.
 */
export async function pullRequestOf(
  env: Readonly<Record<string, string | undefined>>,
): Promise<PullRequest | { readonly why: string }> {
  const { GITHUB_EVENT_PATH: eventPath, GITHUB_REPOSITORY: repository = '', GITHUB_TOKEN: token = '' } = env;
  if (eventPath === undefined || !repositoryForm.test(repository)) return { why: 'this is no job of GitHub Actions' };
  if (token === '') return { why: 'there is no GITHUB_TOKEN' };
  const event = eventSchema.safeParse(JSON.parse(await readFile(eventPath, 'utf8')));
  if (!event.success) return { why: 'the job is not about a pull request' };
  const apiUrl = (env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/$/, '');
  return { apiUrl, repository, number: event.data.pull_request.number, token };
}

/** True in a job about a pull request whose branch stands in a fork: such a job gets no secrets. */
export async function isFromFork(env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const { GITHUB_EVENT_PATH: eventPath } = env;
  if (eventPath === undefined) return false;
  const event = forkSchema.safeParse(JSON.parse(await readFile(eventPath, 'utf8')));
  return event.success && event.data.pull_request.head.repo.fork;
}
