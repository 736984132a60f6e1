import 'react';

declare global {
  interface Window {
    clock: number;
  }
  namespace JSX {
    interface IntrinsicElements {
      'my-alarm': { at: string };
    }
  }
}
