const { REACT_APP_STORE } = process.env;

export const store = REACT_APP_STORE;

export function addressOf(page) {
  return `${process.env.PUBLIC_URL}/${page}`;
}
