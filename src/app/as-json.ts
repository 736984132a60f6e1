import { z } from 'zod';
import type { Json } from '#core/canonical';

/** A value as JSON data: what is undefined is left out, everything else stays as JSON.stringify writes it. */
export function asJson(value: unknown): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}
