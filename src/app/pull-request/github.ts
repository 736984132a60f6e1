import * as z from 'zod';
import { marker } from './page-of-findings.ts';

/** What a job of GitHub Actions knows of its pull request. */
export type PullRequest = {
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
};

/** What became of the comment, and why where it could not be written. */
export type Commented =
  | { readonly kind: 'created' | 'updated' | 'nothing-to-say' }
  | { readonly kind: 'not-allowed' | 'failed'; readonly why: string };

const commentsSchema = z.array(z.object({ id: z.number(), body: z.string().nullish() }));
const pageSize = 100;
const pagesMax = 20;
const timeoutMs = 20_000;

/**
 * Writes the one comment of ours: the one that bears the marker is changed, else one is made
 * (https://docs.github.com/rest/issues/comments). Where there is nothing to say and none is there, none is made. A token
 * that may not write, as in a pull request from a fork, is an answer and no error. Nothing here holds or prints the token.
 */
export async function commentOn(
  pull: PullRequest,
  page: { readonly text: string; readonly isEmpty: boolean },
  signal: AbortSignal,
): Promise<Commented> {
  const issue = `${pull.apiUrl}/repos/${pull.repository}/issues`;
  const asked = { pull, signal };
  try {
    const own = await ownComment(`${issue}/${pull.number}/comments`, asked);
    if (own === undefined && page.isEmpty) return { kind: 'nothing-to-say' };
    if (own !== undefined) {
      const changed = await call(`${issue}/comments/${own}`, { ...asked, method: 'PATCH', body: page.text });
      if (changed.ok) return { kind: 'updated' };
      // Somebody else wrote the marker into a comment of theirs: ours is a new one.
    }
    const made = await call(`${issue}/${pull.number}/comments`, { ...asked, method: 'POST', body: page.text });
    if (made.ok) return { kind: 'created' };
    const why = `GitHub answered ${made.status} ${made.statusText}`;
    return { kind: [401, 403, 404].includes(made.status) ? 'not-allowed' : 'failed', why };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', why: `GitHub did not answer (${error instanceof Error ? error.name : 'unknown'})` };
  }
}

type Asked = { readonly pull: PullRequest; readonly signal: AbortSignal };

async function ownComment(url: string, asked: Asked): Promise<number | undefined> {
  for (let page = 1; page <= pagesMax; page++) {
    const answer = await call(`${url}?per_page=${pageSize}&page=${page}`, { ...asked, method: 'GET' });
    if (!answer.ok) return undefined;
    const comments = commentsSchema.parse(await answer.json());
    const own = comments.find(({ body }) => body?.startsWith(marker) === true);
    if (own !== undefined || comments.length < pageSize) return own?.id;
  }
  return undefined;
}

function call(
  url: string,
  { pull, signal, method, body }: Asked & { readonly method: 'GET' | 'POST' | 'PATCH'; readonly body?: string },
): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${pull.token}`,
      'content-type': 'application/json',
      'user-agent': 'godwit',
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify({ body }) }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}
