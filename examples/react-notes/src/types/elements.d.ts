import type { DetailedHTMLProps, HTMLAttributes } from 'react';

declare global {
  namespace JSX {
    interface IntrinsicElements {
      'relative-time': DetailedHTMLProps<HTMLAttributes<HTMLElement> & { datetime: string }, HTMLElement>;
    }
  }
}
