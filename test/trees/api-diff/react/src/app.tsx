import React, { createContext, createRef, type FC, forwardRef, memo, type ReactElement, type ReactNode, useCallback, useContext, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import ReactDOM from 'react-dom';

type Action = { type: 'add'; text: string } | { type: 'clear' };
type State = { readonly items: readonly string[] };

const Theme = createContext<'light' | 'dark'>('light');

function reducer(state: State, action: Action): State {
  return action.type === 'add' ? { items: [...state.items, action.text] } : { items: [] };
}

export const Title: React.VFC<{ text: string }> = ({ text }) => <h1>{text}</h1>;
export const Card: FC<{ children?: ReactNode }> = ({ children }) => <section>{children}</section>;

export const Input = forwardRef<HTMLInputElement, { label: string }>(({ label }, ref) => (
  <label>
    {label}
    <input ref={ref} type="text" onChange={(event) => console.log(event.target.value)} />
  </label>
));

export function App(): JSX.Element {
  const [state, dispatch] = useReducer<React.Reducer<State, Action>>(reducer, { items: [] });
  const [count, setCount] = useState(0);
  const timer = useRef<number>();
  const box = useRef<HTMLDivElement>(null);
  const theme = useContext(Theme);
  const add = useCallback((text: string) => dispatch({ type: 'add', text }), []);
  const total = useMemo(() => state.items.length + count, [state, count]);
  useEffect(() => {
    timer.current = window.setTimeout(() => setCount((value) => value + 1), 10);
    return () => window.clearTimeout(timer.current);
  }, []);
  return (
    <Theme.Provider value={theme}>
      <div ref={box} onClick={() => add('x')} className="box">
        <Title text={`${total}`} />
      </div>
    </Theme.Provider>
  );
}

export const Memo = memo(App);
export const first = createRef<HTMLDivElement>();

export function titleOf(element: ReactElement): string {
  return element.props.title;
}

export function start(node: HTMLElement): void {
  ReactDOM.render(<App />, node);
}
