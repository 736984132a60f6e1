declare namespace JSX {
  interface IntrinsicElements {
    'my-clock': { zone: string };
  }
}
