import { JSX as Markup } from 'preact';

export const Item = (): JSX.Element => <p />;
export type Own = Markup.Element;
