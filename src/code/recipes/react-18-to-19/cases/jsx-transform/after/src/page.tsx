import { useState } from 'react';

export const Page = () => <p>{useState(0)}</p>;
