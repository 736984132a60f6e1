declare const element: import('react').JSX.Element;
