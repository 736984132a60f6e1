export type Label = { text: string; colour: string | null };

export const plain = (text: string): Label => ({ text, colour: null });
