import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { PullRequest } from './github.ts';

const eventSchema = z.object({ pull_request: z.object({ number: z.number().int().positive() }) });
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
