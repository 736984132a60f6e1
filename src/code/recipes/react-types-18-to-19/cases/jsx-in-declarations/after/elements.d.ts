import 'react';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'my-clock': { zone: string };
    }
  }
}
