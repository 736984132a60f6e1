declare const element: JSX.Element;
