import './style.css';
export const answer = 42;
