import React, { /* the only hook */ useState } from 'react';

export const useOpen = () => [React, useState(false)];
