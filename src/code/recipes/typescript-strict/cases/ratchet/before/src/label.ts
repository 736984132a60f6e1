export type Label = { text: string; colour: string };

export const plain = (text: string): Label => ({ text, colour: null });
