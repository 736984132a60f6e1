import { useState, type JSX } from 'react';

export const Item = (tag: keyof JSX.IntrinsicElements): JSX.Element => useState(tag) && <p />;
