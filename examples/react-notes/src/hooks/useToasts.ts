import { create } from 'zustand';

interface Toasts {
  messages: string[];
  show: (message: string) => void;
  clear: () => void;
}

export const useToasts = create<Toasts>((set) => ({
  messages: [],
  show: (message) => set(({ messages }) => ({ messages: [...messages, message] })),
  clear: () => set({ messages: [] }),
}));
