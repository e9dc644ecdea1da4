/** All that the screens take from ink and React. `dist/` holds this file as one bundle: hundreds of small files would be read before the first screen (`cli/build.ts`). */
export { Box, type Key as InkKey, render, Text, useInput, useWindowSize } from 'ink';
export { createElement, memo, type ReactElement, useEffect, useSyncExternalStore } from 'react';
