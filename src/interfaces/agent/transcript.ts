import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Json } from '#core/canonical';
import { fail } from '#core/error';

/** Something that happened in a conversation: a line of its transcript. */
export type TranscriptEvent = { readonly kind: string; readonly [field: string]: Json | undefined };

/** A file with one JSON document a line, each written before the next thing happens. */
export type Transcript = { readonly file: string; write(event: TranscriptEvent): Promise<void> };

/** Begins a transcript, for its owner alone. Credentials go through `clean` first. Throws `bad-input` where it cannot be written. */
export async function openTranscript(
  file: string,
  { now, clean }: { now(): string; clean(text: string): string },
): Promise<Transcript> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, '', { mode: 0o600 });
  } catch (error) {
    throw unwritable(file, error);
  }
  return {
    file,
    async write(event) {
      await appendFile(file, `${clean(JSON.stringify({ at: now(), ...event }))}\n`);
    },
  };
}

function unwritable(file: string, cause: unknown): Error {
  return fail(
    'bad-input',
    {
      what: `The transcript ${file} cannot be written.`,
      why: cause instanceof Error ? cause.message : String(cause),
      next: 'Name another file with `--transcript FILE`. Nothing was sent to the model.',
    },
    cause,
  );
}
