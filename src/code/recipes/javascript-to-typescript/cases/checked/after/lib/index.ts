export type { Options }
import {read} from './native.js'
import type { Options } from './options.ts'

export function find(name: string, options?: Options): string {
  return options?.upper ? read(name).toUpperCase() : read(name)
}
