export type Mode = 'a' | 'b'

export const mode: Mode = 'a'
