import { useState } from 'react';

export const Item = (tag: keyof JSX.IntrinsicElements): JSX.Element => useState(tag) && <p />;
