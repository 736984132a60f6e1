import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { configSchema } from '#app/config';
import { type ModelServer, modelServer, type PlayedTurn, type Protocol } from '../../../test/support/model-server.ts';
import type { Budget } from './budget.ts';
import { type Account, converse, openAccount, type Room } from './conversation.ts';
import { chosenModel, openModel } from './model.ts';
import type { AgentTool } from './tool.ts';
import { openTranscript } from './transcript.ts';

const protocols: readonly Protocol[] = ['openai-compatible', 'anthropic'];
const plenty: Budget = { tokens: 1_000_000, minutes: 5, turns: 50 };

const echo: AgentTool<{ word: string }> = {
  name: 'echo',
  description: 'Says a word back',
  input: z.strictObject({ word: z.string() }),
  execute: async ({ word }) => ({ ok: true, text: `heard ${word}` }),
};

type Held = {
  readonly server: ModelServer;
  readonly waits: readonly number[];
  readonly told: readonly string[];
  readonly account: Account;
  events(): Promise<readonly { readonly kind: string }[]>;
  say(words: string): Promise<string>;
  stop(): void;
};

/** A conversation with a model of the tests' own, behind the protocol of a real one. */
async function held(
  protocol: Protocol,
  turns: Parameters<typeof modelServer>[1],
  work: (held: Held) => Promise<void>,
  more: { readonly budget?: Partial<Budget>; readonly silenceMs?: number; readonly deadlineMs?: number } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'godwit-agent-'));
  const server = await modelServer(protocol, turns);
  const ending = new AbortController();
  const waits: number[] = [];
  const told: string[] = [];
  try {
    const choice = chosenModel(configSchema.parse({}), server.env);
    if (choice === undefined) throw new Error('no model');
    const clean = (text: string) => text.replaceAll('sk-test-never-shown', '***');
    const file = join(folder, 'transcript.ndjson');
    const deadline = AbortSignal.timeout(more.deadlineMs ?? 60_000);
    const room: Room = {
      model: await openModel(choice),
      budget: { ...plenty, ...more.budget },
      transcript: await openTranscript(file, { now: () => '2026-01-01T00:00:00.000Z', clean }),
      tools: { root: folder, env: {}, signal: AbortSignal.any([ending.signal, deadline]), maxAnswer: 1_000 },
      deadline,
      silenceMs: more.silenceMs ?? 5_000,
      triesMax: 3,
      clean,
      tell: (line) => told.push(line),
      wait: async (ms) => void waits.push(ms),
    };
    const account = openAccount();
    await work({
      server,
      waits,
      told,
      account,
      stop: () => ending.abort(new Error('Ctrl-C')),
      say: (prompt) => converse({ system: 'Be brief.', prompt, tools: [echo] }, room, account),
      events: async () =>
        (await readFile(file, 'utf8'))
          .trim()
          .split('\n')
          .map((line) => z.looseObject({ kind: z.string() }).parse(JSON.parse(line))),
    });
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const failureSchema = z.object({ code: z.string(), message: z.string() });
const calling = (word: string): PlayedTurn => ({ text: 'I look.', calls: [{ name: 'echo', input: { word } }] });

describe.each(protocols)('a model behind %s', (protocol) => {
  it('calls tools, hears their answers, and ends with its last words', async () => {
    await held(protocol, [calling('one'), { text: 'It was one.' }], async ({ server, say, account, events, told }) => {
      expect(await say('What is it?')).toBe('It was one.');
      expect(JSON.stringify(server.asked[1]?.body.messages)).toContain('heard one');
      expect(account.spent).toEqual({ inputTokens: 200, outputTokens: 40, turns: 2, isGuessed: false });
      expect((await events()).map(({ kind }) => kind)).toEqual(['asked', 'said', 'answered', 'said']);
      expect(told).toEqual(['I look.', '→ echo {"word":"one"}']);
    });
  });

  it('that sends no JSON, a wrong input, or a tool that is not there hears what is wrong and goes on', async () => {
    const bad: readonly PlayedTurn[] = [
      { calls: [{ name: 'echo', raw: '{"word": "on' }] },
      { calls: [{ name: 'echo', input: { word: 1, yes: true } }] },
      { calls: [{ name: 'sudo', input: { word: 'x' } }] },
      { text: 'Sorry.' },
    ];
    await held(protocol, bad, async ({ server, say }) => {
      expect(await say('Go')).toBe('Sorry.');
      const said = JSON.stringify(server.asked[3]?.body.messages);
      expect(said).toContain('cannot be read; nothing was done');
      expect(said).toContain('There is no tool `sudo`. The tools are: echo.');
    });
  });

  it('that turns in circles is told so, and stopped', async () => {
    await held(
      protocol,
      () => calling('again'),
      async ({ say, server }) => {
        await expect(say('Go')).rejects.toMatchObject({ code: 'model-astray' });
        expect(server.asked).toHaveLength(11);
        expect(JSON.stringify(server.asked[4]?.body.messages)).toContain('is not called again');
      },
    );
  });

  it('whose answer breaks off, is cut, is no stream, or is refused for a while is asked again', async () => {
    for (const fault of ['half', 'cut', 'no-json'] as const) {
      await held(protocol, [{ fault }, { text: 'Now.' }], async ({ say, waits }) => {
        expect(await say('Go')).toBe('Now.');
        expect(waits, fault).toEqual([1_000]);
      });
    }
    const busy: readonly PlayedTurn[] = [
      { fault: 'status', status: 429, retryAfter: '7' },
      { fault: 'status', status: 500 },
      { text: 'Now.' },
    ];
    await held(protocol, busy, async ({ say, waits, events }) => {
      expect(await say('Go')).toBe('Now.');
      expect(waits).toEqual([7_000, 2_000]);
      expect((await events()).filter(({ kind }) => kind === 'asked-again')).toHaveLength(2);
    });
  });

  it('that says nothing any more is asked again', async () => {
    const turns: readonly PlayedTurn[] = [{ fault: 'silence' }, { text: 'Now.' }];
    await held(protocol, turns, async ({ say }) => expect(await say('Go')).toBe('Now.'), { silenceMs: 300 });
  });

  it('that never answers is given up after a bounded number of tries, and at once where asking again is no use', async () => {
    await held(
      protocol,
      () => ({ fault: 'status', status: 503 }),
      async ({ say, server }) => {
        await expect(say('Go')).rejects.toMatchObject({ code: 'model-failed' });
        expect(server.asked).toHaveLength(3);
      },
    );
    await held(
      protocol,
      () => ({ fault: 'status', status: 401 }),
      async ({ say, server }) => {
        await expect(say('Go')).rejects.toMatchObject({ code: 'model-failed' });
        expect(server.asked).toHaveLength(1);
      },
    );
  });

  it('is stopped by its budget of tokens, answers and time', async () => {
    const busy = (asked: number): PlayedTurn => calling(String(asked));
    for (const [budget, asked] of [
      [{ tokens: 1_000 }, 9],
      [{ turns: 4 }, 4],
    ] as const) {
      await held(
        protocol,
        busy,
        async ({ say, server }) => {
          await expect(say('Go')).rejects.toMatchObject({ code: 'budget-spent' });
          expect(server.asked).toHaveLength(asked);
        },
        { budget },
      );
    }
    await held(
      protocol,
      () => ({ fault: 'silence' }),
      async ({ say }) => {
        await expect(say('Go')).rejects.toMatchObject({ code: 'budget-spent' });
      },
      { deadlineMs: 300, silenceMs: 60_000 },
    );
  });

  it('is stopped where its answer never ends: by its budget, and by its length', async () => {
    await held(
      protocol,
      () => ({ fault: 'endless', of: 'tokens' }),
      async ({ say, server, account }) => {
        await expect(say('Go')).rejects.toMatchObject({ code: 'budget-spent' });
        expect(server.asked).toHaveLength(1);
        expect(account.spent).toMatchObject({ outputTokens: 5_000, turns: 1, isGuessed: true });
      },
      { budget: { tokens: 5_000 } },
    );
    await held(
      protocol,
      () => ({ fault: 'endless', of: 'bytes' }),
      async ({ say, server }) => {
        const { code, message } = failureSchema.parse(await say('Go').catch((error: unknown) => error));
        expect({ code, message }).toEqual({
          code: 'model-failed',
          message: expect.stringContaining('more than 16777216 bytes'),
        });
        expect(server.asked).toHaveLength(1);
      },
    );
  });

  it.each([301, 302, 303, 307, 308])('that leads elsewhere is not followed (%s)', async (status) => {
    const elsewhere = await modelServer(protocol, []);
    const to = elsewhere.url.replace('//', '//ada:her-password@');
    try {
      await held(
        protocol,
        () => ({ fault: 'redirect', status, to }),
        async ({ say, server }) => {
          const { code, message } = failureSchema.parse(await say('Go').catch((error: unknown) => error));
          expect({ code, message }).toEqual({
            code: 'model-failed',
            message: expect.stringContaining(`leads to ${new URL(elsewhere.url).host}`),
          });
          expect(message).not.toContain('her-password');
          expect(server.asked).toHaveLength(1);
          expect(elsewhere.asked).toEqual([]);
        },
      );
    } finally {
      await elsewhere.close();
    }
  });

  it('stops at Ctrl-C in the middle of an answer', async () => {
    await held(
      protocol,
      () => ({ fault: 'silence' }),
      async ({ say, server, stop }) => {
        const said = say('Go').catch((error: unknown) => error);
        while (server.asked.length === 0) await setTimeout(5);
        stop();
        expect(await said).toMatchObject({ message: 'Ctrl-C' });
      },
    );
  });

  it('whose answer is cut off by its length is asked to go on', async () => {
    await held(protocol, [{ text: 'It is', stop: 'length' }, { text: 'one.' }], async ({ say }) =>
      expect(await say('Go')).toBe('one.'),
    );
  });

  it('that does not count its tokens is counted by length', async () => {
    await held(protocol, [{ text: 'Well.', usage: false }], async ({ say, account }) => {
      await say('Go');
      if (protocol === 'openai-compatible') expect(account.spent.isGuessed).toBe(true);
      expect(account.spent.turns).toBe(1);
    });
  });
});
