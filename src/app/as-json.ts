import type { Json } from '#core/canonical';

/** A value as JSON data: what is undefined is left out, everything else stays as JSON.stringify writes it. */
export function asJson(value: unknown): Json {
  const parsed: Json = JSON.parse(JSON.stringify(value));
  return parsed;
}
