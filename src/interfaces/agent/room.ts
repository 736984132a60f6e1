import { join } from 'node:path';
import { redactor } from '#app/redact';
import type { Surroundings } from '#app/verb';
import { fail } from '#core/error';
import type { Room } from './conversation.ts';
import { chosenModel, type ModelChoice, openModel, spelledModel } from './model.ts';
import { openTranscript } from './transcript.ts';

/** Characters of one answer of a tool. */
const answerMax = 24_000;
const silenceMs = 120_000;
const triesMax = 4;

/** Opens what a conversation needs. Throws `config-invalid` and `bad-input` before anything is sent. */
export async function openRoom(
  surroundings: Surroundings,
  { transcript: named, tell }: { readonly transcript: string | undefined; tell(line: string): void },
): Promise<Room> {
  const { config, env, choice, cwd, signal: stop } = surroundings;
  const chosen = chosenModel(config, env);
  if (chosen === undefined) throw noModel();
  const clean = cleaner(chosen, redactor({ choice, config, env }));
  const model = await openModel(chosen);
  const file = named ?? (await transcriptFile(surroundings));
  const transcript = await openTranscript(file, { now: () => surroundings.now(), clean });
  const { tokens, minutes, turns } = config.assist;
  const deadline = AbortSignal.timeout(Math.min(minutes * 60_000, 2 ** 31 - 1));
  tell(
    `Asking ${spelledModel(chosen)} at ${new URL(chosen.url).host}: at most ${tokens.toLocaleString('en-US')} tokens, ${minutes} minutes, ${turns} answers. Transcript: ${file}`,
  );
  await transcript.write({ kind: 'began', model: spelledModel(chosen), url: chosen.url, tokens, minutes, turns });
  return {
    model,
    budget: { tokens, minutes, turns },
    transcript,
    deadline,
    silenceMs,
    triesMax,
    clean,
    tell: (line) => tell(clean(line)),
    wait: surroundings.wait,
    tools: { root: cwd, env, signal: AbortSignal.any([stop, deadline]), maxAnswer: answerMax },
  };
}

/** The key of the model is nobody's business either. */
function cleaner({ key }: ModelChoice, redacted: (text: string) => string): (text: string) => string {
  return (text) => (key === undefined ? redacted(text) : redacted(text.replaceAll(key, '***')));
}

/** In the git directory, which no change of a tree touches; where there is none, among temporary files. */
async function transcriptFile({
  runCommand,
  signal,
  temporaryDirectory,
  now,
  randomId,
}: Surroundings): Promise<string> {
  const args = ['rev-parse', '--absolute-git-dir'];
  const asked = await runCommand({ kind: 'program', file: 'git', args }, signal).catch(() => undefined);
  const folder =
    asked?.exitCode === 0 ? join(asked.output.trim(), 'godwit', 'assist') : join(temporaryDirectory, 'godwit-assist');
  const day = now().slice(0, 10).replaceAll('-', '');
  return join(folder, `${day}-${randomId().slice(0, 8)}.ndjson`);
}

function noModel(): Error {
  return fail('bad-input', {
    what: 'No model is named that could be asked.',
    why: 'Neither GODWIT_MODEL nor `assist.model` of godwit.config is set. godwit asks none that it was not told of.',
    next: 'Set GODWIT_MODEL, e.g. `anthropic:NAME` with ANTHROPIC_API_KEY, or `openai-compatible:NAME` with GODWIT_MODEL_URL. What can be done without a model: `godwit assist --list`.',
  });
}
