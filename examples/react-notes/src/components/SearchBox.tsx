import { type RefObject, useRef, useState, type VFC } from 'react';

interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement>;
  delayMs?: number;
  onSearch: (query: string) => void;
}

export const SearchBox: VFC<SearchBoxProps> = ({ inputRef, delayMs = 150, onSearch }) => {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const change = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(value), delayMs);
  };

  return (
    <input
      ref={inputRef}
      type="search"
      aria-label="Search"
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
};
