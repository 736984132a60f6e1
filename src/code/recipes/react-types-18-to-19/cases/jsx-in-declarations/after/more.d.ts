import 'react';

declare global {
  interface Window {
    clock: number;
  }
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'my-alarm': { at: string };
    }
  }
}
