import type { LanguageModel } from 'ai';
import type { Config } from '#app/config';
import { fail } from '#core/error';
import { boundedFetch } from './bounded-fetch.ts';

type Env = Readonly<Record<string, string | undefined>>;

const providers = ['anthropic', 'openai-compatible'] as const;
type Provider = (typeof providers)[number];

/** Which model is asked, and where. `key` is a credential. */
export type ModelChoice = {
  readonly provider: Provider;
  readonly model: string;
  readonly url: string;
  readonly key: string | undefined;
};

const urls: Readonly<Record<Provider, string | undefined>> = {
  anthropic: 'https://api.anthropic.com/v1',
  'openai-compatible': undefined,
};
const keys: Readonly<Record<Provider, string>> = {
  anthropic: 'ANTHROPIC_API_KEY',
  'openai-compatible': 'OPENAI_API_KEY',
};

/**
 * The model that environment (`GODWIT_MODEL`, `GODWIT_MODEL_URL`, `GODWIT_MODEL_KEY`) or configuration (`assist.model`,
 * `assist.url`, `assist.key`) name; the environment comes first. Undefined where none is named. Throws `config-invalid`.
 */
export function chosenModel({ assist }: Pick<Config, 'assist'>, env: Env): ModelChoice | undefined {
  const said = filled(env.GODWIT_MODEL) ?? assist.model;
  if (said === undefined) return undefined;
  const at = said.indexOf(':');
  const provider = providers.find((name) => name === said.slice(0, at));
  const model = said.slice(at + 1).trim();
  if (provider === undefined || model === '') throw unknownModel(said);
  const url = filled(env.GODWIT_MODEL_URL) ?? assist.url ?? urls[provider];
  if (url === undefined) throw noUrl(said);
  const named = assist.key === undefined ? undefined : filled(env[assist.key.slice('env:'.length)]);
  const key = filled(env.GODWIT_MODEL_KEY) ?? named ?? filled(env[keys[provider]]);
  if (provider === 'anthropic' && key === undefined) throw noKey(said);
  checkUrl(url, key);
  return { provider, model, url, key };
}

/** Opens the client of a model. Throws `config-invalid` where the packages for it are not installed. */
export async function openModel({ provider, model, url, key }: ModelChoice): Promise<LanguageModel> {
  try {
    if (provider === 'anthropic') {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({ baseURL: url, apiKey: key ?? '', fetch: boundedFetch })(model);
    }
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const named = { name: 'model', baseURL: url, includeUsage: true, fetch: boundedFetch };
    return createOpenAICompatible(key === undefined ? named : { ...named, apiKey: key })(model);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') throw notInstalled(error);
    throw error;
  }
}

/** How a model is spelled in the configuration. */
export function spelledModel({ provider, model }: Pick<ModelChoice, 'provider' | 'model'>): string {
  return `${provider}:${model}`;
}

function checkUrl(url: string, key: string | undefined): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (parsed === undefined || !isWeb || parsed.username !== '' || parsed.password !== '')
    throw badUrl(parsed?.host ?? 'it is no URL');
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname);
  if (parsed.protocol === 'http:' && !isHere && key !== undefined) throw openKey(parsed.host);
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function unknownModel(said: string): Error {
  return fail('config-invalid', {
    what: `The model \`${said}\` is not named as godwit reads it.`,
    why: `It has to begin with one of ${providers.map((name) => `\`${name}:\``).join(' and ')}.`,
    next: 'Set GODWIT_MODEL or `assist.model`, e.g. to `openai-compatible:llama3.1`, with GODWIT_MODEL_URL beside it.',
  });
}

function noUrl(said: string): Error {
  return fail('config-invalid', {
    what: `Nobody said where \`${said}\` is.`,
    why: 'A compatible endpoint has no address that everybody knows.',
    next: 'Set GODWIT_MODEL_URL or `assist.url`, e.g. to `http://localhost:11434/v1`.',
  });
}

function noKey(said: string): Error {
  return fail('config-invalid', {
    what: `There is no key for \`${said}\`.`,
    why: 'Neither GODWIT_MODEL_KEY nor ANTHROPIC_API_KEY is set, nor the variable that `assist.key` names.',
    next: 'Set one of them in the environment; a key does not belong into a file.',
  });
}

function badUrl(host: string): Error {
  return fail('config-invalid', {
    what: `The address of the model (${host}) cannot be used.`,
    why: 'It has to be a URL with http or https, and without a login.',
    next: 'Set GODWIT_MODEL_URL, e.g. to `http://localhost:11434/v1`, and the key in GODWIT_MODEL_KEY.',
  });
}

function openKey(host: string): Error {
  return fail('config-invalid', {
    what: `The key is not sent to ${host}.`,
    why: 'It would travel without encryption: the address begins with http:, and is not this machine.',
    next: 'Use https, or an address of this machine, or no key.',
  });
}

function notInstalled(cause: Error): Error {
  return fail(
    'config-invalid',
    {
      what: 'What speaks to a model is not installed.',
      why: 'The packages `ai`, `@ai-sdk/anthropic` and `@ai-sdk/openai-compatible` are optional, and were left out.',
      next: 'Install them beside godwit: `npm install ai@6 @ai-sdk/anthropic@3 @ai-sdk/openai-compatible@2`.',
    },
    cause,
  );
}
